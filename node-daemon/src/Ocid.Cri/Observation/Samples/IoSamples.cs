using System.Globalization;
using Ocid.Runtime.Cgroups.Stats;
using static Ocid.Cri.Observation.MetricDefinition;

namespace Ocid.Cri.Observation.Samples;

/// <summary>Reads and writes of block devices.</summary>
internal static class IoSamples
{
    private static readonly MetricDefinition Device = Counter("container_blkio_device_usage_total", "Blkio device bytes usage.", "device", "major", "minor", "operation");
    private static readonly MetricDefinition ReadBytes = Counter("container_fs_reads_bytes_total", "Cumulative count of bytes read.", "device");
    private static readonly MetricDefinition Reads = Counter("container_fs_reads_total", "Cumulative count of reads completed.", "device");
    private static readonly MetricDefinition WrittenBytes = Counter("container_fs_writes_bytes_total", "Cumulative count of bytes written.", "device");
    private static readonly MetricDefinition Writes = Counter("container_fs_writes_total", "Cumulative count of writes completed.", "device");

    public static IReadOnlyList<MetricDefinition> Definitions { get; } = [Device, ReadBytes, Reads, WrittenBytes, Writes];

    public static IEnumerable<Sample> Of(IReadOnlyList<DeviceIo> devices)
    {
        foreach (var io in devices)
        {
            var name = NameOf(io);
            var (major, minor) = (io.Major.ToString(CultureInfo.InvariantCulture), io.Minor.ToString(CultureInfo.InvariantCulture));
            yield return Device.Of(io.ReadBytes, name, major, minor, "Read");
            yield return Device.Of(io.WriteBytes, name, major, minor, "Write");
            yield return ReadBytes.Of(io.ReadBytes, name);
            yield return Reads.Of(io.Reads, name);
            yield return WrittenBytes.Of(io.WriteBytes, name);
            yield return Writes.Of(io.Writes, name);
        }
    }

    // The name that udev gave it; its numbers for a device that went away.
    private static string NameOf(DeviceIo io)
    {
        const string key = "DEVNAME=";
        try
        {
            foreach (var line in File.ReadLines($"/sys/dev/block/{io.Major}:{io.Minor}/uevent"))
            {
                if (line.StartsWith(key, StringComparison.Ordinal))
                    return $"/dev/{line[key.Length..]}";
            }
        }
        catch (IOException)
        {
        }

        return $"{io.Major}:{io.Minor}";
    }
}
