using System.Globalization;
using Prometheus;

namespace Ocid.Cri.Metrics;

/// <summary>
/// The standard <c>process_*</c> metrics of this process, read from /proc when they are asked for:
/// https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics
/// </summary>
internal sealed class ProcessMetrics
{
    private readonly Counter _cpu;
    private readonly Gauge _resident;
    private readonly Gauge _virtual;
    private readonly Gauge _openDescriptors;
    private readonly Gauge _threads;

    private ProcessMetrics(CollectorRegistry registry)
    {
        var metrics = Prometheus.Metrics.WithCustomRegistry(registry);
        _cpu = metrics.CreateCounter("process_cpu_seconds_total", "User and system CPU time of the daemon.");
        _resident = metrics.CreateGauge("process_resident_memory_bytes", "Resident memory of the daemon.");
        _virtual = metrics.CreateGauge("process_virtual_memory_bytes", "Virtual memory of the daemon.");
        _openDescriptors = metrics.CreateGauge("process_open_fds", "Open file descriptors of the daemon.");
        _threads = metrics.CreateGauge("process_threads", "Threads of the daemon.");
        metrics.CreateGauge("process_start_time_seconds", "When the daemon started, in seconds since 1970.")
            .Set(new DateTimeOffset(Started()).ToUnixTimeMilliseconds() / 1000.0);
    }

    /// <summary>Adds the metrics to a registry.</summary>
    public static void AddTo(CollectorRegistry registry)
    {
        var metrics = new ProcessMetrics(registry);
        registry.AddBeforeCollectCallback(metrics.Read);
    }

    private static DateTime Started()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.StartTime;
    }

    private void Read()
    {
        _cpu.IncTo(Environment.CpuUsage.TotalTime.TotalSeconds);
        _openDescriptors.Set(Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                _resident.Set(1024.0 * Number(line));
            else if (line.StartsWith("VmSize:", StringComparison.Ordinal))
                _virtual.Set(1024.0 * Number(line));
            else if (line.StartsWith("Threads:", StringComparison.Ordinal))
                _threads.Set(Number(line));
        }
    }

    // "VmRSS:	   46123 kB"
    private static long Number(string line) =>
        long.Parse(line.AsSpan(line.IndexOf(':') + 1).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture);
}
