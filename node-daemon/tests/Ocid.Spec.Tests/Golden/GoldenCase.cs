using Ocid.Spec.Capabilities;
using Ocid.Spec.Resources;
using Ocid.Spec.Schema;
using Ocid.Spec.Seccomp;
using Ocid.Spec.Users;

namespace Ocid.Spec.Tests.Golden;

// request.json of a case: only what differs from GoldenHost and an empty request, in the words of the request's own types.
internal sealed record GoldenCase
{
    public GoldenHost? Host { get; init; }

    public IReadOnlyList<string>? ImageEnv { get; init; }

    public IReadOnlyList<string>? ImageEntrypoint { get; init; }

    public IReadOnlyList<string>? ImageCmd { get; init; }

    public string? ImageWorkingDirectory { get; init; }

    public IReadOnlyList<string>? Command { get; init; }

    public IReadOnlyList<string>? Arguments { get; init; }

    public IReadOnlyList<EnvironmentVariable>? Environment { get; init; }

    public string? WorkingDirectory { get; init; }

    public ResolvedUser? User { get; init; }

    public bool Terminal { get; init; }

    public bool ReadOnlyRootfs { get; init; }

    public string? Hostname { get; init; }

    public IReadOnlyList<NamespaceRequest>? Namespaces { get; init; }

    public IReadOnlyList<LinuxIdMapping>? IdMappings { get; init; }

    public IReadOnlyList<GoldenMount>? Mounts { get; init; }

    public string? ShmPath { get; init; }

    public string? CgroupsPath { get; init; }

    public GoldenResources? Resources { get; init; }

    public IReadOnlyList<string>? AddCapabilities { get; init; }

    public IReadOnlyList<string>? DropCapabilities { get; init; }

    public IReadOnlyList<string>? AmbientCapabilities { get; init; }

    public bool Privileged { get; init; }

    public bool NoNewPrivileges { get; init; }

    public bool RuntimeDefaultSeccomp { get; init; }

    public IReadOnlyList<string>? MaskedPaths { get; init; }

    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    public IReadOnlyList<GoldenDevice>? Devices { get; init; }

    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public int OomScoreAdj { get; init; }

    public IReadOnlyList<ProcessRlimit>? Rlimits { get; init; }

    public ContainerSpecRequest ToRequest()
    {
        var none = new ContainerSpecRequest { RootfsPath = "/rootfs" };
        return none with
        {
            Image = new ImageDefaults { Env = ImageEnv ?? [], Entrypoint = ImageEntrypoint ?? [], Cmd = ImageCmd ?? [], WorkingDirectory = ImageWorkingDirectory },
            Command = Command ?? [],
            Arguments = Arguments ?? [],
            Environment = Environment ?? [],
            WorkingDirectory = WorkingDirectory,
            User = User ?? ResolvedUser.Root,
            Terminal = Terminal,
            ReadOnlyRootfs = ReadOnlyRootfs,
            Hostname = Hostname,
            Namespaces = Namespaces ?? [],
            UidMappings = IdMappings ?? [],
            GidMappings = IdMappings ?? [],
            Mounts = [.. (Mounts ?? []).Select(mount => mount.ToMount())],
            ShmPath = ShmPath,
            CgroupsPath = CgroupsPath,
            Resources = Resources?.ToResources() ?? new ContainerResources(),
            Capabilities = new CapabilityRequest { Add = AddCapabilities ?? [], Drop = DropCapabilities ?? [], AddAmbient = AmbientCapabilities ?? [] },
            Privileged = Privileged,
            NoNewPrivileges = NoNewPrivileges,
            Seccomp = RuntimeDefaultSeccomp ? SeccompRequest.RuntimeDefault : SeccompRequest.Unconfined,
            MaskedPaths = MaskedPaths,
            ReadonlyPaths = ReadonlyPaths,
            Devices = [.. (Devices ?? []).Select(device => device.ToDevice())],
            Sysctls = Sysctls ?? none.Sysctls,
            Annotations = Annotations ?? none.Annotations,
            OomScoreAdj = OomScoreAdj,
            Rlimits = Rlimits ?? [],
        };
    }
}
