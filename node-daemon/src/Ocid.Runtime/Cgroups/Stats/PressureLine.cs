namespace Ocid.Runtime.Cgroups.Stats;

/// <summary>Shares in percent over the last 10, 60 and 300 seconds, and the total in microseconds.</summary>
public sealed record PressureLine(double Average10, double Average60, double Average300, ulong TotalMicroseconds);
