using Ocid.Primitives;
using Ocid.Spec.Capabilities;
using Ocid.Spec.Mounts;
using Ocid.Spec.Processes;
using Ocid.Spec.Resources;
using Ocid.Spec.Schema;
using Ocid.Spec.Seccomp;

namespace Ocid.Spec;

/// <summary>Makes a container's specification from what was asked for and what the host has. Pure: the same input gives the same document.</summary>
public static class SpecGenerator
{
    private const string SpecVersion = "1.0.2";

    /// <summary>The specification of a container.</summary>
    /// <exception cref="OcidException">InvalidArgument: the request is wrong. FailedPrecondition: the host cannot do what it asks.</exception>
    public static RuntimeSpec Generate(ContainerSpecRequest request, HostFacts host)
    {
        RequestText.Check(request);
        var capabilities = CapabilitySets.Generate(request.Capabilities, request.Privileged, host.BoundingSet);
        return new RuntimeSpec
        {
            OciVersion = SpecVersion,
            Root = new SpecRoot { Path = request.RootfsPath, Readonly = request.ReadOnlyRootfs },
            Hostname = OwnHostname(request),
            Process = Process(request, host, capabilities),
            Mounts = MountList.Generate(request),
            Hooks = request.Hooks,
            Annotations = request.Annotations.Count == 0 ? null : request.Annotations,
            Linux = Linux(request, host, capabilities),
        };
    }

    /// <summary>The process of an exec in a container: the container's own, with another command line.</summary>
    /// <param name="container">The container's process.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="terminal">Whether it gets a pseudo terminal.</param>
    /// <param name="size">The terminal's size from the start; null leaves it at none.</param>
    /// <exception cref="OcidException">InvalidArgument: no program, or a NUL character in an argument.</exception>
    public static SpecProcess Exec(SpecProcess container, IReadOnlyList<string> command, bool terminal, ConsoleSize? size = null)
    {
        if (command.Count == 0)
            throw new OcidException(ErrorKind.InvalidArgument, "exec: no program named");
        foreach (var argument in command)
            PlainText.RequireNoNul("argument", argument);

        var environment = container.Env ?? [];
        var hasTerm = environment.Any(variable => variable.StartsWith("TERM=", StringComparison.Ordinal));
        return container with
        {
            Args = command,
            Terminal = terminal,
            ConsoleSize = terminal ? size : null,
            Env = terminal && !hasTerm ? [.. environment, "TERM=xterm"] : environment,
        };
    }

    private static SpecProcess Process(ContainerSpecRequest request, HostFacts host, ProcessCapabilities capabilities) => new()
    {
        Terminal = request.Terminal,
        User = new ProcessUser
        {
            Uid = request.User.Uid,
            Gid = request.User.Gid,
            AdditionalGids = request.User.AdditionalGids.Count == 0 ? null : request.User.AdditionalGids,
        },
        Args = CommandLine.Merge(request.Image, request.Command, request.Arguments),
        Env = ProcessEnvironment.Merge(request.Image.Env, request.Environment, request.Terminal, request.Hostname),
        Cwd = WorkingDirectory(request),
        Capabilities = capabilities,
        Rlimits = RlimitList.Generate(request.Rlimits, host.HardRlimits),
        NoNewPrivileges = request.NoNewPrivileges,
        ApparmorProfile = Confinement("AppArmor", request.ApparmorProfile, host.AppArmor),
        SelinuxLabel = Confinement("SELinux", request.SelinuxLabel, host.Selinux),
        OomScoreAdj = OomScore.Clamp(request.OomScoreAdj, host),
    };

    private static LinuxSpec Linux(ContainerSpecRequest request, HostFacts host, ProcessCapabilities capabilities) => new()
    {
        Namespaces = NamespaceList.Generate(request, host),
        UidMappings = request.UidMappings.Count == 0 ? null : request.UidMappings,
        GidMappings = request.GidMappings.Count == 0 ? null : request.GidMappings,
        Sysctl = Sysctls.Check(request.Sysctls, request.Namespaces),
        CgroupsPath = request.CgroupsPath,
        Resources = ResourceMapping.Map(request.Resources, host) with { Devices = DeviceRules.Generate(request.Devices, request.EveryDevice) },
        Devices = request.Devices.Count == 0 ? null : [.. request.Devices.Select(Node)],
        Seccomp = request.Privileged ? null : request.Seccomp.Profile?.Evaluate(new SeccompContext(host.SeccompArchitecture, host.Kernel, capabilities.Bounding ?? [])),
        RootfsPropagation = MountList.RootPropagation(request.Mounts),
        MaskedPaths = request.Privileged ? null : Paths(request.MaskedPaths ?? ProcPaths.Masked),
        ReadonlyPaths = request.Privileged ? null : Paths(request.ReadonlyPaths ?? ProcPaths.Readonly),
        MountLabel = Confinement("SELinux", request.MountLabel, host.Selinux),
    };

    private static string? OwnHostname(ContainerSpecRequest request) =>
        request.Namespaces.Any(space => space is { Kind: NamespaceKind.Uts, Path: null }) ? request.Hostname : null;

    private static string WorkingDirectory(ContainerSpecRequest request)
    {
        var asked = string.IsNullOrEmpty(request.WorkingDirectory) ? request.Image.WorkingDirectory : request.WorkingDirectory;
        return AbsolutePath.Normalise("working directory", "/" + asked);
    }

    private static IReadOnlyList<string>? Paths(IReadOnlyList<string> paths) =>
        paths.Count == 0 ? null : [.. paths.Select(path => AbsolutePath.Normalise("masked or read-only path", path))];

    private static string? Confinement(string system, string? name, bool enabled) =>
        string.IsNullOrEmpty(name) || enabled
            ? name
            : throw new OcidException(ErrorKind.FailedPrecondition, $"{system} {Quoted.Text(name)}: this host has no {system}");

    private static LinuxDevice Node(ContainerDevice device) => new()
    {
        Path = AbsolutePath.Normalise("device path", device.Path),
        Type = device.Type.ToString(),
        Major = device.Major,
        Minor = device.Minor,
        FileMode = device.FileMode,
        Uid = device.Uid,
        Gid = device.Gid,
    };
}
