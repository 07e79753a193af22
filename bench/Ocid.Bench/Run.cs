using System.Diagnostics;

namespace Ocid.Bench;

/// <summary>What one run cost.</summary>
/// <param name="Seconds">On the clock.</param>
/// <param name="Cpu">Seconds of processor, user and system, of the processes that did the work.</param>
internal sealed record Run(double Seconds, double Cpu)
{
    /// <summary>Measures work of this process and of children that end within it.</summary>
    public static Task<Run> MeasureAsync(Func<Task> work) => MeasureAsync(Environment.ProcessId, work);

    /// <summary>Measures work that another process helps with.</summary>
    public static async Task<Run> MeasureAsync(int server, Func<Task> work)
    {
        var before = Cpus(server);
        var started = Stopwatch.GetTimestamp();
        await work();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Run(seconds, Cpus(server) - before);
    }

    // A program's own and its dead children's; of this one the children alone where it is a client of the server.
    private static double Cpus(int server) => server == Environment.ProcessId
        ? Ticks(server, children: false) + Ticks(server, children: true)
        : Ticks(server, children: false) + Ticks(server, children: true) + Ticks(Environment.ProcessId, children: true);

    private static double Ticks(int pid, bool children)
    {
        const double PerSecond = 100; // USER_HZ
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var first = children ? 13 : 11; // utime is the fourteenth of all
        return (long.Parse(fields[first], System.Globalization.CultureInfo.InvariantCulture)
            + long.Parse(fields[first + 1], System.Globalization.CultureInfo.InvariantCulture)) / PerSecond;
    }
}
