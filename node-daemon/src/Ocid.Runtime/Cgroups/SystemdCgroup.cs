using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Runtime.Cgroups;

/// <summary>How systemd names cgroups.</summary>
/// <remarks>https://www.freedesktop.org/software/systemd/man/latest/systemd.slice.html</remarks>
public static class SystemdCgroup
{
    private const string ScopeSuffix = ".scope";
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

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
    public static CgroupPath ScopePath(string slice, string prefix, string name) => SlicePath(slice).Child($"{prefix}-{name}{ScopeSuffix}");

    /// <summary>Whether a cgroup is a scope: systemd removes it, with what is below it, when the last process has ended.</summary>
    public static bool IsScope(CgroupPath path) => path.Value.EndsWith(ScopeSuffix, StringComparison.Ordinal);

    /// <summary>Has systemd let go of a slice: one that it made for the first scope in it stays when the last one goes. Unknown is no error.</summary>
    /// <exception cref="OcidException">Unavailable: systemd does not do it.</exception>
    public static async Task StopSliceAsync(string slice, CancellationToken ct)
    {
        var program = ((string[])["/usr/bin/systemctl", "/bin/systemctl"]).FirstOrDefault(File.Exists)
            ?? throw new OcidException(ErrorKind.Unavailable, $"stop {slice}: systemctl is not installed");
        var result = await Command.RunAsync(new CommandSpec { Program = program, Arguments = ["stop", "--quiet", slice], Timeout = StopLimit, OutputLimit = 64 * 1024 }, ct);
        if (!result.IsSuccess)
            throw new OcidException(ErrorKind.Unavailable, $"stop {slice}: {result.LastErrorLine}");
    }

    /// <summary>What a runtime that asks systemd wants as cgroupsPath.</summary>
    public static string CgroupsPath(string slice, string prefix, string name) => $"{slice}:{prefix}:{name}";
}
