using Ocid.Cri.State;
using Ocid.Cri.Observation;
using Ocid.Linux.Namespaces;

namespace Ocid.Cri.Pods;

/// <summary>A pod sandbox: what was asked, what is, and where its parts are.</summary>
internal sealed class PodSandbox(PodSandboxSpec spec, PodSandboxStatus status, StatePaths paths)
    : StateRecord<PodSandboxSpec, PodSandboxStatus>(spec.Id, paths.PodState(spec.SandboxId), Types, spec, status), IRegistered
{
    private static readonly StateTypes<PodSandboxSpec, PodSandboxStatus> Types =
        new(StateJson.Default.PodSandboxSpec, StateJson.Default.PodSandboxStatus);

    public bool Removing => Status.Removing;

    /// <summary>The use of processors since it was last asked for.</summary>
    public CpuRate CpuRate { get; } = new();

    /// <summary>Gone after a reboot: mounts and namespaces.</summary>
    public string RunDirectory => paths.PodRun(Spec.SandboxId);

    public string NamespaceDirectory => Path.Combine(RunDirectory, "ns");

    public string NetworkNamespace => Path.Combine(NamespaceDirectory, "net");

    public string IpcNamespace => Path.Combine(NamespaceDirectory, "ipc");

    public string UtsNamespace => Path.Combine(NamespaceDirectory, "uts");

    /// <summary>Only where the pod has one of its own, to which the others then belong.</summary>
    public string UserNamespace => Path.Combine(NamespaceDirectory, "user");

    /// <summary>Its own user namespace; null: the host's.</summary>
    public PinnedUserNamespace? Users => Spec.Users is { } users ? new PinnedUserNamespace(UserNamespace, users.Users.First, users.Groups.First) : null;

    /// <summary>The options that make a tmpfs belong to its user 0.</summary>
    public string TmpfsOwner => Users is { } users ? $",uid={users.RootUid},gid={users.RootGid}" : "";

    /// <summary>The root of the shared PID namespace's first process.</summary>
    public StagedMounts Mounts => paths.MountsOf(Id);

    /// <summary>Only where the pod's containers share one; <see cref="PodInitProcess"/> pins it.</summary>
    public string PidNamespace => Path.Combine(RunDirectory, "pid");

    /// <summary>The bundle of the shared PID namespace's first process.</summary>
    public string InitBundle => Path.Combine(RunDirectory, "init");

    /// <summary>The tmpfs that is <c>/dev/shm</c> in each of its containers.</summary>
    public string SharedMemory => Path.Combine(RunDirectory, "shm");

    public string ResolvConf => Path.Combine(StateDirectory, "resolv.conf");

    public string Hostname => Path.Combine(StateDirectory, "hostname");

    public string Hosts => Path.Combine(StateDirectory, "hosts");

    public static PodSandbox? Load(string directory, StatePaths paths) =>
        Read(directory, Types) is var (spec, status) ? new PodSandbox(spec, status, paths) : null;
}
