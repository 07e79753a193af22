using Microsoft.Extensions.Logging;
using Ocid.Cri.Containers;
using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Linux;
using Ocid.Networking;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring;
using Ocid.Storage;

namespace Ocid.Cri;

/// <summary>
/// What a start of the daemon does before it serves: reads the records, learns what happened meanwhile, and takes back what
/// an earlier run left half done. Each object on its own: one that fails is named in the log, and does not stop the daemon.
/// </summary>
internal sealed partial class Recovery(
    Registry<PodSandbox> pods,
    Registry<Container> containers,
    StartContainer start,
    ContainerExits exits,
    RemoveContainer removeContainer,
    PodSandboxTeardown teardown,
    RemovePodSandbox removePod,
    ContainerVolumes volumes,
    PodNetwork network,
    MonitorClient monitor,
    Store store,
    ThisNode node,
    ILogger<Recovery> logger)
{
    public async Task RunAsync(CancellationToken ct)
    {
        pods.Load(node.Paths.Pods, directory => PodSandbox.Load(directory, node.Paths));
        containers.Load(node.Paths.Containers, directory => Container.Load(directory, node.Paths));

        var monitored = (await monitor.ListAsync(ct).ConfigureAwait(false)).ToDictionary(m => m.Id.Value, StringComparer.Ordinal);
        foreach (var container in containers.All)
            await TryAsync("container", container.Id, () => RecoverAsync(container, monitored.GetValueOrDefault(container.Id), ct)).ConfigureAwait(false);
        foreach (var pod in pods.All)
            await TryAsync("pod sandbox", pod.Id, () => RecoverAsync(pod, ct)).ConfigureAwait(false);
        foreach (var attachment in network.Attachments.Where(a => pods.All.All(p => p.Id != a.Id.Value)))
            await TryAsync("network attachment", attachment.Id.Value, () => network.DetachAsync(attachment.Id, attachment.NetworkNamespacePath, ct)).ConfigureAwait(false);
        foreach (var owner in StrayMounts())
            await TryAsync("mounts of container", owner, () => volumes.ReleaseAsync(node.Paths.MountsOf(owner), ct)).ConfigureAwait(false);
        foreach (var stray in store.Containers.Where(IsStray))
            await TryAsync("stored container", stray.Id.Value, () => StoredContainer.DeleteAsync(store, stray.Id, ct)).ConfigureAwait(false);
    }

    private Task RecoverAsync(Container container, MonitoredContainer? monitored, CancellationToken ct)
    {
        if (container.Removing || IsHalfMade(container))
            return RemoveAsync(container, ct);
        if (container.Status.Phase == ContainerPhase.Exited)
            return Task.CompletedTask;
        if (pods.All.FirstOrDefault(p => p.Id == container.Spec.PodSandboxId)?.Status.BootId != node.BootId)
            return exits.RecordLostAsync(container, "the node was restarted while it ran");
        return monitored switch
        {
            null => RecoverWithoutMonitorAsync(container, ct),
            { Exit: { } exit } => exits.RecordAsync(container, exit, ct),
            _ => start.RecoverAsync(container, ct),
        };
    }

    // Monitor and daemon were both lost: what it printed since is lost too, but not how it ended.
    private async Task RecoverWithoutMonitorAsync(Container container, CancellationToken ct)
    {
        var status = container.Status;
        if (ExitRecord.TryRead(container.StateDirectory) is { } exit)
        {
            await exits.RecordAsync(container, exit, ct).ConfigureAwait(false);
        }
        else if (ProcessEntry.TryRead(status.Pid, out var process) && process.StartTime == status.PidStartTime)
        {
            await monitor.WatchAsync(container.Spec.ContainerId, status.Pid, container.StateDirectory, ct).ConfigureAwait(false);
            await start.RecoverAsync(container, ct).ConfigureAwait(false);
        }
        else
        {
            await exits.RecordLostAsync(container, "it ended while neither daemon nor monitor ran").ConfigureAwait(false);
        }
    }

    private async Task RecoverAsync(PodSandbox pod, CancellationToken ct)
    {
        if (pod.Removing || pod.Status.Phase == PodPhase.Making)
        {
            await removePod.RemoveAsync(pod, ct).ConfigureAwait(false);
        }
        else if (pod.Status.Ready && pod.Status.BootId != node.BootId)
        {
            LogAfterReboot(pod.Id, pod.Spec.DisplayName);
            await teardown.RunAsync(pod, ct).ConfigureAwait(false);
        }
        else if (pod.Status is { Phase: PodPhase.Ready, Stopping: true })
        {
            await teardown.RunAsync(pod, ct).ConfigureAwait(false);
        }
    }

    // The caller never got the id of a container whose process was not recorded.
    private static bool IsHalfMade(Container container) => container.Status is { Phase: ContainerPhase.Created, Pid: 0 };

    private async Task RemoveAsync(Container container, CancellationToken ct)
    {
        await exits.RecordLostAsync(container, "the daemon ended while it was made").ConfigureAwait(false);
        await removeContainer.RemoveAsync(container, ct).ConfigureAwait(false);
    }

    // Of a container that was never recorded.
    private List<string> StrayMounts()
    {
        var mounted = Directory.Exists(node.Paths.Mounts) ? Directory.GetDirectories(node.Paths.Mounts) : [];
        return [.. mounted.Concat(store.ImageMounts.Select(m => Path.GetDirectoryName(m.Path)!).Where(d => Path.GetDirectoryName(d) == node.Paths.Mounts))
            .Select(d => Path.GetFileName(d)!).Distinct().Where(id => containers.All.All(c => c.Id != id) && pods.All.All(p => p.Id != id))];
    }

    private bool IsStray(ContainerRecord record) =>
        StoredContainer.IsOurs(record) && containers.All.All(c => c.Id != record.Id.Value);

    private async Task TryAsync(string noun, string id, Func<Task> recover)
    {
        try
        {
            await recover().ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is OcidException or IOException or UnauthorizedAccessException)
        {
            LogNotRecovered(noun, id, failed.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "pod sandbox {Id} ({Name}) is from before a reboot: it is not ready any more")]
    private partial void LogAfterReboot(string id, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Noun} {Id} could not be recovered: {Reason}")]
    private partial void LogNotRecovered(string noun, string id, string reason);
}
