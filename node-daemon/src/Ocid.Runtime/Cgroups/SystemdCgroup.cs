using Ocid.Primitives;

namespace Ocid.Runtime.Cgroups;

/// <summary>How systemd names cgroups.</summary>
/// <remarks>https://www.freedesktop.org/software/systemd/man/latest/systemd.slice.html</remarks>
public static class SystemdCgroup
{
    /// <summary>The path of a slice: <c>a-b.slice</c> is <c>/a.slice/a-b.slice</c>.</summary>
    /// <exception cref="OcidException">InvalidArgument: not the name of a slice.</exception>
    public static CgroupPath SlicePath(string slice)
    {
        var name = slice.EndsWith(".slice", StringComparison.Ordinal) ? slice[..^".slice".Length] : "";
        if (name.Length == 0 || name.Contains('/', StringComparison.Ordinal) || name.Split('-').Any(part => part.Length == 0))
            throw new OcidException(ErrorKind.InvalidArgument, $"slice {Quoted.Text(slice)}: want names joined by dashes and .slice");

        var parts = name.Split('-');
        return CgroupPath.Parse(string.Join('/', Enumerable.Range(1, parts.Length).Select(count => string.Join('-', parts[..count]) + ".slice")));
    }

    /// <summary>The path of a container's scope in a slice.</summary>
    public static CgroupPath ScopePath(string slice, string prefix, string name) => SlicePath(slice).Child($"{prefix}-{name}.scope");

    /// <summary>What a runtime that asks systemd wants as cgroupsPath.</summary>
    public static string CgroupsPath(string slice, string prefix, string name) => $"{slice}:{prefix}:{name}";
}
