using Ocid.E2E.Machine;
using Ocid.Testing;

namespace Ocid.E2E.Nodes;

/// <summary>What a reboot does to a node, done to a test node alone: every process gone, every mount and link gone, /run empty, another boot id.</summary>
public static class Reboot
{
    public static async Task SimulateAsync(TestNode node)
    {
        await node.KillDaemonAsync();
        foreach (var id in Processes.Naming(node.Folders.Root).Concat(Processes.Naming(node.Cgroup)).Distinct())
            await Tool.TryRunAsync(null, "kill", "-KILL", $"{id}");
        await Eventually.IsTrueAsync("every container ended", () => Processes.Naming(node.Cgroup).Count == 0);
        await NodeMounts.DetachAsync(node.Folders.Root);
        foreach (var link in node.Network.AttachedLinks())
            await Tool.TryRunAsync(null, "ip", "link", "delete", link);
        await RemoveRulesAsync(node.Network.Name);
        await node.Network.RemoveBridgeAsync();
        NodeCgroup.Remove(node.Cgroup, []);
        Empty(node.Folders.Run);
        Empty(node.Folders.RunRoot);
        AgeRecords(node.Folders.State);
    }

    /// <summary>The packet filter rules whose comment names the network, and the chains that they lead to.</summary>
    private static async Task RemoveRulesAsync(string network) => await Tool.RunAsync("sh", "-c", """
        rules=$(iptables -t nat -S | grep -F "$1" || true)
        echo "$rules" | sed -n 's/^-A/-D/p' | while read -r rule; do eval "iptables -t nat $rule"; done
        for chain in $(echo "$rules" | grep -o 'CNI-[0-9a-f]*' | sort -u); do iptables -t nat -X "$chain"; done
        """, "sh", network);

    /// <summary>The kernel's boot id cannot be changed; that of the records can: they become those of an earlier boot.</summary>
    private static void AgeRecords(string folder)
    {
        var current = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        var earlier = Guid.NewGuid().ToString();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            if (text.Contains(current, StringComparison.Ordinal))
                File.WriteAllText(file, text.Replace(current, earlier, StringComparison.Ordinal));
        }
    }

    private static void Empty(string folder)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder))
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
        }
    }
}
