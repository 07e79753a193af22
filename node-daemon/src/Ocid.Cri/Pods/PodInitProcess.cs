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
        var rootfs = Path.Combine(pod.InitBundle, "rootfs");
        var spec = SpecGenerator.Generate(Request(pod, rootfs), facts);
        await OwnThread.RunAsync(() => WriteBundle(pod, rootfs, spec), ct).ConfigureAwait(false);

        undo.Push(async bounded => await StopAsync(pod, bounded).ConfigureAwait(false));
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
        await OwnThread.RunAsync(() => Mounts.Unmount(pod.PidNamespace, detach: true), ct).ConfigureAwait(false);
    }

    private static ContainerId IdOf(PodSandbox pod) => ContainerId.Parse(pod.Id);

    private OciRuntime RuntimeOf(PodSandbox pod) => handlers.Get(pod.Spec.RuntimeHandler);

    private static ContainerSpecRequest Request(PodSandbox pod, string rootfs) => new()
    {
        Command = ["/" + ProgramName],
        RootfsPath = rootfs,
        ReadOnlyRootfs = true,
        Namespaces = [new NamespaceRequest(NamespaceKind.Pid), .. pod.Spec.HostIpc ? (NamespaceRequest[])[] : [new NamespaceRequest(NamespaceKind.Ipc, pod.IpcNamespace)]],
        CgroupsPath = PodCgroupPath.Of(pod).Child(pod.Id).Value,
        NoNewPrivileges = true,
    };

    private static void WriteBundle(PodSandbox pod, string rootfs, Spec.Schema.RuntimeSpec spec)
    {
        Directory.CreateDirectory(rootfs, FileModes.OwnerOnlyDirectory | FileModes.EveryoneReads);
        File.WriteAllBytes(Path.Combine(rootfs, ProgramName), PodInit.Program());
        File.SetUnixFileMode(Path.Combine(rootfs, ProgramName), FileModes.OwnerOnlyDirectory | FileModes.EveryoneReads | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        File.WriteAllBytes(Path.Combine(pod.InitBundle, "config.json"), SpecJson.Write(spec));
    }

    private static void Pin(PodSandbox pod, int pid)
    {
        File.WriteAllBytes(pod.PidNamespace, []);
        Mounts.Bind($"/proc/{pid}/ns/pid", pod.PidNamespace);
    }
}
