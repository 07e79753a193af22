using Ocid.Primitives;

namespace Ocid.Runtime.Monitoring;

/// <summary>How a container's first process ended.</summary>
/// <param name="Id">The container.</param>
/// <param name="ExitCode">Its exit code, 128 + n when signal n ended it, 255 when nobody can tell.</param>
/// <param name="Signal">The signal that ended it, or null.</param>
/// <param name="FinishedAt">When the end was noticed.</param>
/// <param name="StatusKnown">False when the status was lost with the process that would have been told; the reason is then <c>Unknown</c>.</param>
/// <param name="OomKills">How many of its processes the kernel killed for want of memory.</param>
public sealed record ContainerExit(ContainerId Id, int ExitCode, int? Signal, DateTimeOffset FinishedAt, bool StatusKnown, ulong OomKills);
