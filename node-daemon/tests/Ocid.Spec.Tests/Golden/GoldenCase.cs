using System.Text;
using System.Text.Json;
using Ocid.Spec.Capabilities;
using Ocid.Spec.Cdi;
using Ocid.Spec.Hooks;
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

    /// <summary>CDI specifications by path; those below /etc/cdi yield to all others.</summary>
    public IReadOnlyDictionary<string, JsonElement>? CdiSpecs { get; init; }

    public IReadOnlyList<string>? CdiDevices { get; init; }

    /// <summary>The device nodes that the host has.</summary>
    public IReadOnlyList<GoldenDevice>? HostDevices { get; init; }

    /// <summary>Files of hooks directories by path, in the directories' order.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Hooks { get; init; }

    public ContainerSpecRequest ToRequest()
    {
        var host = (HostDevices ?? []).Select(device => device.ToDevice()).ToDictionary(device => device.Path);
        var specs = (CdiSpecs ?? new Dictionary<string, JsonElement>()).Select(file => CdiSpec.Parse(file.Key, file.Key.StartsWith("/etc/", StringComparison.Ordinal) ? 0 : 1, Bytes(file.Value)));
        var hooks = (Hooks ?? new Dictionary<string, JsonElement>()).Select(file => OciHook.Parse(file.Key, Bytes(file.Value)));
        var request = Cdi.CdiDevices.Apply(ToPlainRequest(), [.. (CdiDevices ?? []).Select(CdiDeviceName.Parse)], [.. specs], host.GetValueOrDefault);
        return OciHook.Apply(request, [.. hooks], hasBindMounts: Mounts is { Count: > 0 });
    }

    private static byte[] Bytes(JsonElement file) => Encoding.UTF8.GetBytes(file.GetRawText());

    private ContainerSpecRequest ToPlainRequest()
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
