using System.Collections.Frozen;
using Ocid.Spec.Capabilities;
using Ocid.Spec.Mounts;
using Ocid.Spec.Resources;
using Ocid.Spec.Schema;
using Ocid.Spec.Seccomp;
using Ocid.Spec.Users;

namespace Ocid.Spec;

/// <summary>Everything that was asked for one container, resolved as far as it needs I/O: users, paths, namespaces, devices.</summary>
public sealed record ContainerSpecRequest
{
    private readonly bool? _everyDevice;

    /// <summary>What the image says.</summary>
    public ImageDefaults Image { get; init; } = new();

    /// <summary>Replaces the image's entry point, and its cmd with it.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Replaces the image's cmd.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment, wins over the image's.</summary>
    public IReadOnlyList<EnvironmentVariable> Environment { get; init; } = [];

    /// <summary>Wins over the image's working directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Who it runs as.</summary>
    public ResolvedUser User { get; init; } = ResolvedUser.Root;

    /// <summary>Whether it gets a pseudo terminal.</summary>
    public bool Terminal { get; init; }

    /// <summary>Absolute path of the mounted root file system.</summary>
    public required string RootfsPath { get; init; }

    /// <summary>Whether the root is read-only.</summary>
    public bool ReadOnlyRootfs { get; init; }

    /// <summary>The pod's host name, for HOSTNAME; set by sethostname only where the container makes its own UTS namespace.</summary>
    public string? Hostname { get; init; }

    /// <summary>Namespaces that are not the host's. A mount namespace, and on cgroup v2 a cgroup namespace, are added.</summary>
    public IReadOnlyList<NamespaceRequest> Namespaces { get; init; } = [];

    /// <summary>User ids of the user namespace.</summary>
    public IReadOnlyList<LinuxIdMapping> UidMappings { get; init; } = [];

    /// <summary>Group ids of the user namespace.</summary>
    public IReadOnlyList<LinuxIdMapping> GidMappings { get; init; } = [];

    /// <summary>Mounts asked for; each replaces a default mount at its destination.</summary>
    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    /// <summary>Host path of the pod's /dev/shm; a tmpfs of its own (64 MiB) where null.</summary>
    public string? ShmPath { get; init; }

    /// <summary>A path for cgroupfs, slice:prefix:name for systemd.</summary>
    public string? CgroupsPath { get; init; }

    /// <summary>Limits.</summary>
    public ContainerResources Resources { get; init; } = new();

    /// <summary>Capabilities added and dropped.</summary>
    public CapabilityRequest Capabilities { get; init; } = new();

    /// <summary>All capabilities, /sys and cgroups writable, nothing masked, no filter.</summary>
    public bool Privileged { get; init; }

    /// <summary>The devices cgroup lets it use every device; of a privileged container, unless said otherwise.</summary>
    public bool EveryDevice
    {
        get => _everyDevice ?? Privileged;
        init => _everyDevice = value;
    }

    /// <summary>Whether execve never gains privileges.</summary>
    public bool NoNewPrivileges { get; init; }

    /// <summary>Paths that read as empty; the defaults where null.</summary>
    public IReadOnlyList<string>? MaskedPaths { get; init; }

    /// <summary>Paths that are read-only; the defaults where null.</summary>
    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    /// <summary>System call filter; ignored for privileged containers.</summary>
    public SeccompRequest Seccomp { get; init; } = SeccompRequest.RuntimeDefault;

    /// <summary>Name of a loaded AppArmor profile; none where null.</summary>
    public string? ApparmorProfile { get; init; }

    /// <summary>SELinux label of the process.</summary>
    public string? SelinuxLabel { get; init; }

    /// <summary>SELinux label of the container's own mounts.</summary>
    public string? MountLabel { get; init; }

    /// <summary>Devices; for a privileged container the caller lists the host's.</summary>
    public IReadOnlyList<ContainerDevice> Devices { get; init; } = [];

    /// <summary>Kernel parameters; each must belong to a namespace of the pod.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Annotations of the specification.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>oom_score_adj asked for.</summary>
    public int OomScoreAdj { get; init; }

    /// <summary>Resource limits asked for; RLIMIT_NOFILE is always written.</summary>
    public IReadOnlyList<ProcessRlimit> Rlimits { get; init; } = [];

    /// <summary>Hooks.</summary>
    public SpecHooks? Hooks { get; init; }
}
