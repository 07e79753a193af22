namespace Ocid.Daemon.Manifests;

/// <summary>A container's limits and requests.</summary>
/// <param name="CpuLimit">Thousandths of a processor.</param>
/// <param name="CpuRequest">Thousandths of a processor; the limit where only that is given.</param>
/// <param name="MemoryLimit">Bytes.</param>
internal sealed record ResourcesManifest(long? CpuLimit, long? CpuRequest, long? MemoryLimit);
