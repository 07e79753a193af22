using System.Globalization;
using System.Runtime.InteropServices;
using Ocid.Agent.Hosts;
using Ocid.Linux.Mounting;

namespace Ocid.Agent.Preflight;

/// <summary>Looks at the host before anything is put onto it. Only reads files.</summary>
/// <param name="paths">The node.</param>
/// <param name="root">Where the host's own <c>/proc</c>, <c>/sys</c>, <c>/etc</c> and libraries are seen.</param>
/// <param name="architecture">The processor of this process, which is the host's.</param>
public sealed class HostCheck(NodePaths paths, string root, Architecture architecture)
{
    private static readonly Version OldestKernel = new(5, 15);

    private static readonly (string Name, string Socket)[] Runtimes =
    [
        ("containerd", "run/containerd/containerd.sock"), ("containerd (k3s)", "run/k3s/containerd/containerd.sock"),
        ("CRI-O", "run/crio/crio.sock"), ("cri-dockerd", "run/cri-dockerd.sock"),
    ];

    private static readonly string[] Loaders = ["lib64/ld-linux-x86-64.so.2", "lib/ld-linux-aarch64.so.1", "usr/lib64/ld-linux-x86-64.so.2", "usr/lib/ld-linux-aarch64.so.1"];
    private static readonly string[] ReadOnlySystems = ["talos", "bottlerocket", "cos"];

    /// <summary>The other CRI runtimes whose sockets are there.</summary>
    public static IReadOnlyList<string> OtherRuntimes(NodePaths paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return [.. Runtimes.Where(runtime => Path.Exists(paths.Local(paths.Below(runtime.Socket)))).Select(runtime => runtime.Name)];
    }

    /// <summary>The host as it is now.</summary>
    public HostReport Read()
    {
        var kernel = Text("proc/sys/kernel/osrelease").Trim();
        var (id, name) = Distribution();
        return new HostReport(
            architecture switch { Architecture.X64 => "amd64", Architecture.Arm64 => "arm64", var other => other.ToString().ToLowerInvariant() },
            kernel,
            name,
            OtherRuntimes(paths),
            Reasons(kernel, id, name).FirstOrDefault(reason => reason is not null));
    }

    private IEnumerable<string?> Reasons(string kernel, string id, string name)
    {
        yield return architecture is Architecture.X64 or Architecture.Arm64 ? null : $"the processor is {architecture}, and ocid runs on x86-64 and 64-bit ARM";
        yield return IsOld(kernel) ? $"the kernel is {kernel}, and ocid needs Linux {OldestKernel} or later" : null;
        yield return ReadOnlySystems.Contains(id) ? $"{name} lets nobody install a runtime on a node: it brings its own with its image" : null;
        yield return Loaders.Any(Exists) ? null : $"{name} has no glibc, which ocid needs";
        yield return Exists("sys/fs/cgroup/cgroup.controllers") || Exists("sys/fs/cgroup/memory") ? null : "no cgroups are mounted at /sys/fs/cgroup";
        yield return Text("sys/fs/selinux/enforce").Trim() == "1" ? "SELinux enforces its policy, which has no domain for ocid itself" : null;
        yield return Exists("run/openrc") ? "OpenRC starts this host's services, and ocid knows systemd, or no init system at all" : null;
        yield return ReadOnlyDirectory() is { } directory ? $"{directory} is on a read-only file system" : null;
    }

    // As "6.1.0-18-amd64" or "5.15.0+".
    private static bool IsOld(string kernel)
    {
        var numbers = kernel.Split('.', '-', '+');
        return numbers.Length < 2
            || !int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            || new Version(major, minor) < OldestKernel;
    }

    // https://www.freedesktop.org/software/systemd/man/latest/os-release.html
    private (string Id, string Name) Distribution()
    {
        var lines = Text(Exists("etc/os-release") ? "etc/os-release" : "usr/lib/os-release").Split('\n').Select(line => line.Split('=', 2)).Where(line => line.Length == 2)
            .DistinctBy(line => line[0]).ToDictionary(line => line[0], line => line[1].Trim().Trim('"', '\''));
        var id = lines.GetValueOrDefault("ID", "linux");
        return (id, lines.GetValueOrDefault("PRETTY_NAME", id));
    }

    private string? ReadOnlyDirectory() => new[] { paths.Revisions, paths.State, paths.Programs, paths.ProgramLink, paths.Units }.FirstOrDefault(IsReadOnly);

    private bool IsReadOnly(string path)
    {
        var local = paths.Local(path);
        while (!Directory.Exists(local))
            local = Path.GetDirectoryName(local)!;
        return MountTable.Holding(local) is { } mount && (mount.Options.Split(',').Contains("ro") || mount.SuperOptions.Split(',').Contains("ro"));
    }

    private bool Exists(string path) => Path.Exists(Path.Combine(root, path));

    private string Text(string path)
    {
        var file = Path.Combine(root, path);
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }
}
