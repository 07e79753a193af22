using Ocid.Primitives;
using Ocid.Spec.Schema;

namespace Ocid.Spec.Validation;

internal static class RootAndMountCheck
{
    private static readonly string[] Propagations =
        ["private", "rprivate", "slave", "rslave", "shared", "rshared", "unbindable", "runbindable"];

    public static void Check(RuntimeSpec spec, FaultList faults)
    {
        faults.Require(spec.Root is not null, "root", "missing");
        faults.Require(spec.Root is null or { Path.Length: > 0 }, "root.path", "empty");
        if (spec.Linux?.RootfsPropagation is { } root)
            faults.Require(Propagations.Contains(root, StringComparer.Ordinal), "linux.rootfsPropagation", $"{Quoted.Text(root)} is no propagation");

        var mounts = spec.Mounts ?? [];
        for (var i = 0; i < mounts.Count; i++)
            CheckMount(mounts, i, faults);
    }

    private static void CheckMount(IReadOnlyList<SpecMount> mounts, int index, FaultList faults)
    {
        var (mount, place) = (mounts[index], $"mounts[{index}]");
        var options = mount.Options ?? [];
        faults.Require(mount.Destination.StartsWith('/'), place + ".destination", $"{Quoted.Text(mount.Destination)} is not absolute");
        if (options.Contains("bind") || options.Contains("rbind"))
            faults.Require(!string.IsNullOrEmpty(mount.Source), place + ".source", "a bind mount needs one");
        faults.Require(!(options.Contains("ro") && options.Contains("rw")), place + ".options", "both ro and rw");
        faults.Require((mount.UidMappings is { Count: > 0 }) == (mount.GidMappings is { Count: > 0 }), place, "uidMappings and gidMappings need each other");

        var hidden = mounts.Take(index).FirstOrDefault(earlier => IsBelow(earlier.Destination, mount.Destination));
        faults.Require(hidden is null, place + ".destination", $"hides the earlier mount at {Quoted.Text(hidden?.Destination)}");
    }

    private static bool IsBelow(string path, string parent) =>
        path == parent || path.StartsWith(parent.TrimEnd('/') + "/", StringComparison.Ordinal);
}
