namespace Ocid.Linux;

/// <summary>A process that uses a directory.</summary>
/// <param name="Pid">Its pid.</param>
/// <param name="Name">Its short name.</param>
public sealed record PathUser(int Pid, string Name);
