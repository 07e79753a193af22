using Ocid.Testing;

namespace Ocid.E2E.Machine;

/// <summary>
/// What a pod could leave on a machine: processes, mounts, namespaces, links, packet filter rules, cgroups, files.
/// Each entry is one line, prefixed with its kind.
/// </summary>
public sealed class MachineState
{
    private readonly HashSet<string> entries;

    private MachineState(HashSet<string> entries) => this.entries = entries;

    public static async Task<MachineState> CaptureAsync()
    {
        var entries = new HashSet<string>();
        entries.UnionWith(Processes.Running().Select(process => $"process {process}"));
        entries.UnionWith(Mounts().Select(mount => $"mount {mount}"));
        entries.UnionWith(Processes.Namespaces().Select(name => $"namespace {name}"));
        entries.UnionWith(Names("/sys/class/net").Select(link => $"link {link}"));
        entries.UnionWith((await FilterRulesAsync()).Select(rule => $"rule {rule}"));
        entries.UnionWith(Cgroups().Select(cgroup => $"cgroup {cgroup}"));
        foreach (var folder in new[] { "/run", "/var/lib", "/var/lib/cni", "/var/lib/cni/networks", "/var/lib/containers", "/run/containers", "/run/runc", "/run/crun", "/etc/cni/net.d", "/etc/containers", "/dev/shm", "/var/log/pods" })
            entries.UnionWith(Names(folder).Select(name => $"file {folder}/{name}"));
        return new MachineState(entries);
    }

    /// <summary>What is there now and was not there in <paramref name="before"/>, sorted.</summary>
    public IReadOnlyList<string> NewSince(MachineState before) => [.. entries.Except(before.entries).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Mounts() =>
        from line in File.ReadLines("/proc/self/mountinfo")
        let fields = line.Split(' ')
        let type = Array.IndexOf(fields, "-") + 1
        select $"{fields[4]} ({fields[type]})";

    private static IEnumerable<string> Names(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).OfType<string>() : [];

    private static IEnumerable<string> Cgroups() =>
        Directory.Exists("/sys/fs/cgroup")
            ? Directory.EnumerateDirectories("/sys/fs/cgroup", "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            : [];

    /// <summary>Rules and chains of both back ends; an empty table that a program has looked at is no difference.</summary>
    private static async Task<IReadOnlyList<string>> FilterRulesAsync()
    {
        var rules = new List<string>();
        foreach (var program in new[] { "iptables-nft-save", "iptables-legacy-save", "ip6tables-nft-save", "ip6tables-legacy-save" })
        {
            if (Tool.Find(program) is null)
                continue;
            var table = "";
            var saved = await Tool.TryRunAsync(null, program);
            foreach (var line in saved.Output.Split('\n'))
            {
                if (line.StartsWith('*'))
                    table = line[1..];
                else if (line.StartsWith("-A", StringComparison.Ordinal) || (line.StartsWith(':') && line.Contains(" - ", StringComparison.Ordinal)))
                    rules.Add($"{program[..^5]} {table} {(line.StartsWith(':') ? line[..line.IndexOf(' ', StringComparison.Ordinal)] : line)}");
            }
        }
        return rules;
    }
}
