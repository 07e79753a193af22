using Ocid.Testing;

namespace Ocid.E2E.Nodes;

/// <summary>The mounts below a test node's folder.</summary>
internal static class NodeMounts
{
    public static async Task DetachAsync(string root)
    {
        foreach (var path in Below(root))
            await Tool.TryRunAsync(null, "umount", "--lazy", path);
    }

    /// <summary>Deepest first.</summary>
    private static string[] Below(string root) =>
    [
        .. from line in File.ReadLines("/proc/self/mountinfo")
           let path = line.Split(' ')[4]
           where path == root || path.StartsWith(root + "/", StringComparison.Ordinal)
           orderby path.Length descending
           select path,
    ];
}
