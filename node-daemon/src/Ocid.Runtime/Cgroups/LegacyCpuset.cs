namespace Ocid.Runtime.Cgroups;

// A new v1 cpuset is empty, and no process can enter an empty one: each level takes its parent's.
internal static class LegacyCpuset
{
    private static readonly string[] Files = ["cpuset.cpus", "cpuset.mems"];

    public static void Inherit(string mount, string directory)
    {
        if (directory.Length <= mount.Length)
            return;

        var parent = Path.GetDirectoryName(directory)!;
        Inherit(mount, parent);
        foreach (var file in Files)
        {
            if (string.IsNullOrWhiteSpace(CgroupFile.Text(Path.Combine(directory, file))))
                File.WriteAllText(Path.Combine(directory, file), CgroupFile.Text(Path.Combine(parent, file)));
        }
    }
}
