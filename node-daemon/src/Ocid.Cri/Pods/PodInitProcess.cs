using Ocid.Cri.State;
using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring;
using Ocid.Runtime.Oci;
using Ocid.Spec;

namespace Ocid.Cri.Pods;

/// <summary>
/// The first process of a PID namespace that a pod's containers share. Only pods that ask for such a namespace have one:
/// every other kind of namespace is pinned without a process, a PID namespace ends with its first one.
/// </summary>
internal sealed class PodInitProcess(RuntimeHandlers handlers, MonitorClient monitor, HostFacts facts)
{
    private const string ProgramName = "init";

    /// <summary>Starts it and pins its namespace.</summary>
    public async Task StartAsync(PodSandbox pod, Undo undo, CancellationToken ct)
    {
        undo.Push(() => Unpin(pod));
        undo.Push(async bounded => await monitor.ForgetAsync(IdOf(pod), bounded).ConfigureAwait(false));
        undo.Push(async bounded => await RuntimeOf(pod).DeleteAsync(IdOf(pod), force: true, bounded).ConfigureAwait(false));
        await OwnThread.RunAsync(() => WriteBundle(pod), ct).ConfigureAwait(false);
        var runtime = RuntimeOf(pod);
        var created = await monitor.CreateAsync(
            new ContainerLaunch
            {
                Id = IdOf(pod),
                RuntimeProgram = runtime.Handler.Program,
                RuntimeArguments = runtime.Handler.GlobalArguments(),
                HiddenPath = runtime.HiddenPath,
                BundlePath = pod.InitBundle,
                StateDirectory = pod.InitBundle,
            },
            ct).ConfigureAwait(false);
        await OwnThread.RunAsync(() => Pin(pod, created.Pid), ct).ConfigureAwait(false);
        await runtime.StartAsync(IdOf(pod), ct).ConfigureAwait(false);
    }

    /// <summary>Ends it, and with it every process of the namespace. Nothing there is no error.</summary>
    public async Task StopAsync(PodSandbox pod, CancellationToken ct)
    {
        await RuntimeOf(pod).DeleteAsync(IdOf(pod), force: true, ct).ConfigureAwait(false);
        await monitor.ForgetAsync(IdOf(pod), ct).ConfigureAwait(false);
        await OwnThread.RunAsync(() => Unpin(pod), ct).ConfigureAwait(false);
    }

    /// <summary>Has its end told again, where that came before anybody could find the pod.</summary>
    public void Follow(PodSandbox pod) => monitor.RepeatExit(IdOf(pod));

    private static ContainerId IdOf(PodSandbox pod) => ContainerId.Parse(pod.Id);

    private OciRuntime RuntimeOf(PodSandbox pod) => handlers.Get(pod.Spec.RuntimeName);

    private static ContainerSpecRequest Request(PodSandbox pod, RuntimeHandler runtime, string rootfs) => new()
    {
        Command = ["/" + ProgramName],
        RootfsPath = rootfs,
        ReadOnlyRootfs = true,
        Namespaces =
        [
            .. pod.Users is null ? (NamespaceRequest[])[] : [new NamespaceRequest(NamespaceKind.User, pod.UserNamespace)],
            new NamespaceRequest(NamespaceKind.Pid),
            .. pod.Spec.HostIpc ? (NamespaceRequest[])[] : [new NamespaceRequest(NamespaceKind.Ipc, pod.IpcNamespace)],
        ],
        UidMappings = UserMappings.Of(pod.Spec.Users?.Users),
        GidMappings = UserMappings.Of(pod.Spec.Users?.Groups),
        CgroupsPath = PodCgroupPath.Child(pod, pod.Id, runtime).Specified,
        NoNewPrivileges = true,
    };

    // A file system of its own: the run directory is noexec on Debian, and of user 0 of a user namespace the runtime wants to mount on the root.
    private void WriteBundle(PodSandbox pod)
    {
        var rootfs = pod.Mounts.Prepare("rootfs");
        Mounts.Mount("tmpfs", "init", rootfs, MountOptions.NoSuid | MountOptions.NoDev, "mode=755,size=64k" + pod.TmpfsOwner);
        Directory.CreateDirectory(pod.InitBundle, FileModes.OwnerOnlyDirectory);
        File.WriteAllBytes(Path.Combine(rootfs, ProgramName), PodInit.Program());
        File.SetUnixFileMode(Path.Combine(rootfs, ProgramName), FileModes.OwnerOnlyDirectory | FileModes.EveryoneReads | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        File.WriteAllBytes(Path.Combine(pod.InitBundle, "config.json"), SpecJson.Write(SpecGenerator.Generate(Request(pod, RuntimeOf(pod).Handler, rootfs), facts)));
    }

    private static void Pin(PodSandbox pod, int pid)
    {
        File.WriteAllBytes(pod.PidNamespace, []);
        Mounts.Bind($"/proc/{pid}/ns/pid", pod.PidNamespace);
    }

    private static void Unpin(PodSandbox pod)
    {
        Mounts.Unmount(pod.PidNamespace, detach: true);
        pod.Mounts.Remove();
    }
}
