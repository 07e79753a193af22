namespace Ocid.Runtime.Cgroups.Stats;

/// <summary>What was read from and written to a block device.</summary>
public sealed record DeviceIo(uint Major, uint Minor, ulong ReadBytes, ulong WriteBytes, ulong Reads, ulong Writes);
