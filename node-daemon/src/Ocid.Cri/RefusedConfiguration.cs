namespace Ocid.Cri;

/// <summary>A configuration that was read and could not be put into force.</summary>
/// <param name="Configuration">Its name, as in <see cref="NodeSettings.Configuration"/>.</param>
/// <param name="Reason">Why not.</param>
public sealed record RefusedConfiguration(string Configuration, string Reason);
