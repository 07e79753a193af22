using System.Globalization;

namespace Ocid.E2E.Machine;

/// <summary>The machine's processes as /proc shows them.</summary>
public static class Processes
{
    /// <summary>
    /// Orphans and this process's own descendants, as <c>pid:start-time command</c>: what a test could have left. Processes that other
    /// programs start and wait for are theirs.
    /// </summary>
    public static IEnumerable<string> Running()
    {
        var all = Ids().Select(TryRead).OfType<ProcessRecord>().ToDictionary(process => process.Id);
        return
            from process in all.Values
            where process.Id != Environment.ProcessId && process.Command.Length > 0
            where process.Parent == 1 || DescendsFrom(all, process, Environment.ProcessId)
            select $"{process.Id}:{process.StartTime} {process.Command}";
    }

    /// <summary>The namespaces that a process is in, other than mount namespaces, which come and go with services.</summary>
    public static IEnumerable<string> Namespaces() =>
        from id in Ids()
        from kind in new[] { "net", "ipc", "uts", "pid", "user" }
        let name = LinkTarget($"/proc/{id}/ns/{kind}")
        where name is not null
        group name by name into same
        select same.Key;

    /// <summary>Those whose command line, or whose cgroup, names <paramref name="text"/>.</summary>
    public static IReadOnlyList<int> Naming(string text) =>
        [.. Ids().Where(id => id != Environment.ProcessId && (Read(id, "cmdline").Contains(text, StringComparison.Ordinal) || Read(id, "cgroup").Contains(text, StringComparison.Ordinal)))];

    /// <summary>The command line, with spaces between the arguments.</summary>
    public static string CommandLine(int id) => Read(id, "cmdline").Replace('\0', ' ').Trim();

    /// <summary>Proportional set size in bytes: shared pages count once over all processes that share them.</summary>
    public static long ProportionalSetSize(int id)
    {
        var line = Read(id, "smaps_rollup").Split('\n').First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return long.Parse(line["Pss:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    private static IEnumerable<int> Ids() =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where char.IsAsciiDigit(name[0])
        select int.Parse(name, CultureInfo.InvariantCulture);

    private static bool DescendsFrom(Dictionary<int, ProcessRecord> all, ProcessRecord process, int ancestor)
    {
        for (var parent = process.Parent; parent > 1;)
        {
            if (parent == ancestor)
                return true;
            parent = all.TryGetValue(parent, out var next) ? next.Parent : 0;
        }
        return false;
    }

    private static ProcessRecord? TryRead(int id)
    {
        var stat = Read(id, "stat");
        // The name, in parentheses, may hold anything; the fields after it are numbers.
        var end = stat.LastIndexOf(')');
        if (end < 0)
            return null;
        var fields = stat[(end + 2)..].Split(' ');
        return new ProcessRecord(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[19], CommandLine(id));
    }

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (IOException)
        {
            // The process ended meanwhile.
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record ProcessRecord(int Id, int Parent, string StartTime, string Command);
}
