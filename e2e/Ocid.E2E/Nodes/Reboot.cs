using Ocid.E2E.Machine;
using Ocid.Testing;

namespace Ocid.E2E.Nodes;

/// <summary>What a reboot does to a node, done to a test node alone: every process gone, every mount and link gone, /run empty, a new boot id.</summary>
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
        await node.Network.RemoveBridgeAsync();
        NodeCgroup.Remove(node.Cgroup, []);
        Empty(node.Folders.Run);
        Empty(node.Folders.RunRoot);
        await File.WriteAllTextAsync(node.Folders.BootId, Guid.NewGuid() + "\n");
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
