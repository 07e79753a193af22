using System.Globalization;

namespace Ocid.Runtime.Cgroups;

// /proc/PID/limits: a table whose columns are separated by two or more blanks.
internal static class HardLimits
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["Max cpu time"] = "RLIMIT_CPU",
        ["Max file size"] = "RLIMIT_FSIZE",
        ["Max data size"] = "RLIMIT_DATA",
        ["Max stack size"] = "RLIMIT_STACK",
        ["Max core file size"] = "RLIMIT_CORE",
        ["Max resident set"] = "RLIMIT_RSS",
        ["Max processes"] = "RLIMIT_NPROC",
        ["Max open files"] = "RLIMIT_NOFILE",
        ["Max locked memory"] = "RLIMIT_MEMLOCK",
        ["Max address space"] = "RLIMIT_AS",
        ["Max file locks"] = "RLIMIT_LOCKS",
        ["Max pending signals"] = "RLIMIT_SIGPENDING",
        ["Max msgqueue size"] = "RLIMIT_MSGQUEUE",
        ["Max nice priority"] = "RLIMIT_NICE",
        ["Max realtime priority"] = "RLIMIT_RTPRIO",
        ["Max realtime timeout"] = "RLIMIT_RTTIME",
    };

    public static IReadOnlyDictionary<string, ulong> Parse(string table)
    {
        var limits = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n'))
        {
            var columns = line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (columns is [var name, _, var hard, ..] && Names.TryGetValue(name, out var rlimit))
                limits[rlimit] = ulong.TryParse(hard, CultureInfo.InvariantCulture, out var number) ? number : ulong.MaxValue;
        }

        return limits;
    }
}
