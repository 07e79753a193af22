namespace Ocid.Runtime.Cgroups.Stats;

/// <summary>Swap in bytes.</summary>
/// <param name="Usage">In use.</param>
/// <param name="Available">What the limit leaves; null without a limit.</param>
public sealed record SwapUsage(ulong Usage, ulong? Available);
