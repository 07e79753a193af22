namespace Ocid.Runtime.Cgroups.Stats;

/// <summary>Huge pages of one size, in bytes.</summary>
/// <param name="PageSize">As the kernel names it, for example <c>2MB</c>.</param>
/// <param name="Usage">In use.</param>
/// <param name="Peak">The most in use at once; null where the kernel does not keep it (cgroup v2).</param>
public sealed record HugePageUsage(string PageSize, ulong Usage, ulong? Peak);
