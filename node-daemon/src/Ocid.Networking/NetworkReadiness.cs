namespace Ocid.Networking;

/// <summary>Can pods be attached?</summary>
/// <param name="Ready">Yes or no.</param>
/// <param name="Reason">Why not, in one sentence; for a ready network its name and file, and the files that were passed over.</param>
public sealed record NetworkReadiness(bool Ready, string Reason);
