namespace Ocid.Runtime.Cgroups.Stats;

/// <summary>Tasks.</summary>
/// <param name="Current">How many there are.</param>
/// <param name="Limit">How many there may be; null is no limit.</param>
public sealed record PidsUsage(ulong Current, ulong? Limit);
