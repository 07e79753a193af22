using System.Collections.Immutable;
using Ocid.Cri.Confinement;
using Ocid.Cri.State;
using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Networking;
using Ocid.Primitives;

namespace Ocid.Cri.Pods;

/// <summary>Makes what a pod's containers share: namespaces, /dev/shm, the files under /etc, the network. No process is needed for any of it.</summary>
internal sealed class PodSandboxSetup(PodNetwork network, PodInitProcess init, SelinuxLabels labels)
{
    // The size that container runtimes give a pod's shared memory, whatever its number of containers.
    private const string SharedMemoryOptions = "mode=1777,size=65536k";

    /// <summary>Builds it all and returns the pod's addresses, the primary one first.</summary>
    /// <param name="pod">The sandbox; its state directory exists.</param>
    /// <param name="stage">Told of each step.</param>
    /// <param name="undo">Takes back what was done when a later step fails.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ImmutableArray<string>> BuildAsync(PodSandbox pod, Stage stage, Undo undo, CancellationToken ct)
    {
        stage.Begin("namespaces");
        Directory.CreateDirectory(pod.RunDirectory, FileModes.OwnerOnlyDirectory);
        undo.Push(() => DirectoryTree.Delete(pod.RunDirectory));
        await CreateNamespacesAsync(pod, undo, ct).ConfigureAwait(false);
        await MountSharedMemoryAsync(pod, undo, ct).ConfigureAwait(false);

        if (pod.Spec.SharesPidNamespace)
        {
            stage.Begin("shared pid namespace");
            await init.StartAsync(pod, undo, ct).ConfigureAwait(false);
        }

        stage.Begin("network");
        var addresses = pod.Spec.HostNetwork ? [] : await AttachAsync(pod, undo, ct).ConfigureAwait(false);

        stage.Begin("files");
        await OwnThread.RunAsync(() => PodFiles.Write(pod, addresses, labels.Shared), ct).ConfigureAwait(false);
        return addresses;
    }

    /// <summary>To be called once the pod can be found: an end of its shared PID namespace that came before is told again.</summary>
    public void Follow(PodSandbox pod)
    {
        if (pod.Spec.SharesPidNamespace)
            init.Follow(pod);
    }

    private static async Task CreateNamespacesAsync(PodSandbox pod, Undo undo, CancellationToken ct)
    {
        var spec = pod.Spec;
        var request = new PodNamespaceRequest
        {
            Directory = pod.NamespaceDirectory,
            Network = !spec.HostNetwork,
            Ipc = !spec.HostIpc,
            Uts = !spec.HostNetwork,
            Users = spec.Users,
            Hostname = spec.HostNetwork ? null : spec.Hostname,
            Sysctls = spec.Config.Linux?.Sysctls.ToImmutableDictionary() ?? [],
        };
        await PodNamespaces.CreateAsync(request, ct).ConfigureAwait(false);
        undo.Push(() => PodNamespaces.Remove(pod.NamespaceDirectory));
    }

    private Task MountSharedMemoryAsync(PodSandbox pod, Undo undo, CancellationToken ct)
    {
        if (pod.Spec.HostIpc)
            return Task.CompletedTask;

        var label = labels.Shared is { } shared ? $",context=\"{shared}\"" : "";
        undo.Push(() => Mounts.Unmount(pod.SharedMemory, detach: true));
        return OwnThread.RunAsync(() =>
        {
            Directory.CreateDirectory(pod.SharedMemory);
            Mounts.Mount("tmpfs", "shm", pod.SharedMemory, MountOptions.NoSuid | MountOptions.NoDev | MountOptions.NoExec, SharedMemoryOptions + pod.TmpfsOwner + label);
        }, ct);
    }

    private async Task<ImmutableArray<string>> AttachAsync(PodSandbox pod, Undo undo, CancellationToken ct)
    {
        undo.Push(async bounded => await network.DetachAsync(pod.Spec.SandboxId, pod.NetworkNamespace, bounded).ConfigureAwait(false));
        var attachment = await network.AttachAsync(PodNetworkRequests.For(pod), ct).ConfigureAwait(false);
        return [.. attachment.Addresses.Select(a => a.ToString())];
    }
}
