using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Cri.Confinement;

/// <summary>Labels volumes for the container that mounts them.</summary>
internal static class VolumeLabels
{
    private static readonly string[] OfTheSystem = ["etc", "usr", "var"];

    /// <summary>Labels a volume with all that is in it. Blocks.</summary>
    /// <param name="source">The host's path, symbolic links resolved.</param>
    /// <param name="label">The label of the container's files.</param>
    /// <exception cref="OcidException">InvalidArgument: it is a directory that the host itself lives in.</exception>
    public static void Set(string source, string label)
    {
        var parts = source.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2 || (parts.Length == 2 && OfTheSystem.Contains(parts[0])))
            throw new OcidException(ErrorKind.InvalidArgument, $"container: mount host_path {Quoted.Text(source)}: selinux_relabel would take it from the host");
        SecurityLabels.Set(source, label);
    }
}
