using Ocid.Testing;

namespace Ocid.E2E.Machine;

/// <summary>
/// What a pod could leave on a machine: processes, mounts, namespaces, links, packet filter rules, cgroups, files.
/// Each entry is one line, prefixed with its kind.
/// </summary>
public sealed class MachineState
{
    /// <summary>
    /// What the portmap plugin adds to the nat table at a machine's first host port and never takes away, whoever calls it; a pod's own
    /// rules go into chains of other names (CNI-DN-…), which do count. See https://www.cni.dev/plugins/current/meta/portmap/.
    /// </summary>
    private static readonly HashSet<string> PortmapForAllPods =
    [
        ":CNI-HOSTPORT-DNAT",
        ":CNI-HOSTPORT-MASQ",
        ":CNI-HOSTPORT-SETMARK",
        "-A PREROUTING -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT",
        "-A OUTPUT -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT",
        "-A POSTROUTING -m comment --comment \"CNI portfwd requiring masquerade\" -j CNI-HOSTPORT-MASQ",
        "-A CNI-HOSTPORT-MASQ -m mark --mark 0x2000/0x2000 -j MASQUERADE",
        "-A CNI-HOSTPORT-SETMARK -m comment --comment \"CNI portfwd masquerade mark\" -j MARK --set-xmark 0x2000/0x2000",
    ];

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
                else if (Entry(line) is { } entry && !PortmapForAllPods.Contains(entry))
                    rules.Add($"{program[..^5]} {table} {entry}");
            }
        }
        return rules;
    }

    /// <summary>A rule, or the name of a chain that is not built in; null for all else.</summary>
    private static string? Entry(string line) =>
        line.StartsWith("-A", StringComparison.Ordinal) ? line
        : line.StartsWith(':') && line.Contains(" - ", StringComparison.Ordinal) ? line[..line.IndexOf(' ', StringComparison.Ordinal)]
        : null;
}
