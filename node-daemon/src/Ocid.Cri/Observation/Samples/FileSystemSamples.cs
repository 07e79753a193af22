using Ocid.Linux;
using Ocid.Storage;
using static Ocid.Cri.Observation.MetricDefinition;

namespace Ocid.Cri.Observation.Samples;

/// <summary>The container's writable layer, and the file system that it is on.</summary>
internal static class FileSystemSamples
{
    private static readonly MetricDefinition Usage = Gauge("container_fs_usage_bytes", "Number of bytes that are consumed by the container on this filesystem.", "device");
    private static readonly MetricDefinition Limit = Gauge("container_fs_limit_bytes", "Number of bytes that can be consumed by the container on this filesystem.", "device");
    private static readonly MetricDefinition InodesFree = Gauge("container_fs_inodes_free", "Number of available inodes.", "device");
    private static readonly MetricDefinition InodesTotal = Gauge("container_fs_inodes_total", "Number of inodes.", "device");

    public static IReadOnlyList<MetricDefinition> Definitions { get; } = [Usage, Limit, InodesFree, InodesTotal];

    /// <param name="layer">What the container wrote.</param>
    /// <param name="fileSystem">What its file system holds.</param>
    /// <param name="device">Where that file system is mounted from.</param>
    public static IEnumerable<Sample> Of(StorageUsage layer, FileSystemUsage fileSystem, string device) =>
    [
        Usage.Of(layer.Bytes, device),
        Limit.Of(fileSystem.TotalBytes, device),
        InodesFree.Of(fileSystem.FreeInodes, device),
        InodesTotal.Of(fileSystem.TotalInodes, device),
    ];
}
