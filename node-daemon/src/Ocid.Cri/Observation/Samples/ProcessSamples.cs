using System.Globalization;
using Ocid.Runtime.Cgroups.Stats;
using static Ocid.Cri.Observation.MetricDefinition;

namespace Ocid.Cri.Observation.Samples;

/// <summary>The processes of a container, their threads and open files.</summary>
internal static class ProcessSamples
{
    private const string OpenFilesLimit = "Max open files";

    private static readonly MetricDefinition Processes = Gauge("container_processes", "Number of processes running inside the container.");
    private static readonly MetricDefinition Threads = Gauge("container_threads", "Number of threads running inside the container.");
    private static readonly MetricDefinition ThreadsMax = Gauge("container_threads_max", "Maximum number of threads allowed inside the container, infinity if value is zero.");
    private static readonly MetricDefinition FileDescriptors = Gauge("container_file_descriptors", "Number of open file descriptors for the container.");
    private static readonly MetricDefinition Sockets = Gauge("container_sockets", "Number of open sockets for the container.");
    private static readonly MetricDefinition SoftLimits = Gauge("container_ulimits_soft", "Soft ulimit values for the container root process; unlimited if -1.", "ulimit");

    public static IReadOnlyList<MetricDefinition> Definitions { get; } = [Processes, Threads, ThreadsMax, FileDescriptors, Sockets, SoftLimits];

    /// <param name="processes">Their ids.</param>
    /// <param name="pids">How many tasks there are and may be.</param>
    /// <param name="root">The container's first process.</param>
    /// <param name="procRoot">Where procfs is; another path in tests.</param>
    public static IEnumerable<Sample> Of(IReadOnlySet<int> processes, PidsUsage? pids, int root, string procRoot = "/proc")
    {
        var (descriptors, sockets) = (0L, 0L);
        foreach (var pid in processes)
        {
            var (open, connected) = Count(Path.Combine(procRoot, $"{pid}/fd"));
            (descriptors, sockets) = (descriptors + open, sockets + connected);
        }

        yield return Processes.Of(processes.Count);
        yield return FileDescriptors.Of(descriptors);
        yield return Sockets.Of(sockets);
        yield return Threads.Of(pids?.Current ?? (ulong)processes.Count);
        yield return ThreadsMax.Of(pids?.Limit ?? 0);
        if (SoftOpenFiles(Path.Combine(procRoot, $"{root}/limits")) is { } limit)
            yield return SoftLimits.Of(limit, "max_open_files");
    }

    // A process may end at any moment.
    private static (long Descriptors, long Sockets) Count(string directory)
    {
        var (descriptors, sockets) = (0L, 0L);
        try
        {
            foreach (var link in new DirectoryInfo(directory).EnumerateFileSystemInfos())
            {
                descriptors++;
                if (link.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true)
                    sockets++;
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
        }

        return (descriptors, sockets);
    }

    // "Max open files            1048576              1048576              files"
    private static double? SoftOpenFiles(string path)
    {
        try
        {
            var words = File.ReadLines(path).FirstOrDefault(line => line.StartsWith(OpenFilesLimit, StringComparison.Ordinal))?[OpenFilesLimit.Length..]
                .Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return words is not [var soft, ..] ? null : soft == "unlimited" ? -1 : double.Parse(soft, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
