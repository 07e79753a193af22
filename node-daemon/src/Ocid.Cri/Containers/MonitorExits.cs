using Microsoft.Extensions.Logging;
using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Runtime.Monitoring;

namespace Ocid.Cri.Containers;

/// <summary>Follows the monitor's reports: of containers, and of the first processes of shared PID namespaces.</summary>
internal sealed partial class MonitorExits(
    Registry<PodSandbox> pods, Registry<Container> containers, ContainerExits exits, StopPodSandbox stop, ILogger<MonitorExits> logger)
{
    /// <summary>Runs until the token ends it.</summary>
    public async Task FollowAsync(MonitorClient monitor, CancellationToken ct)
    {
        // Each on its own: one may have to wait for a runtime or a network plugin that hangs and holds the gate, and no other waits for that.
        List<Task> running = [];
        try
        {
            await foreach (var exit in monitor.Exits.ReadAllAsync(ct).ConfigureAwait(false))
            {
                running.RemoveAll(one => one.IsCompleted);
                running.Add(SuperviseAsync(exit, ct));
            }
        }
        finally
        {
            await Task.WhenAll(running).ConfigureAwait(false);
        }
    }

    // Whatever comes of one of them, the others are recorded.
    private async Task SuperviseAsync(ContainerExit exit, CancellationToken ct)
    {
        try
        {
            await RecordAsync(exit, ct).ConfigureAwait(false);
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            // The daemon ends; its next start learns of this one again.
        }
        catch (Exception failure)
        {
            LogNotRecorded(failure, exit.Id.Value);
        }
    }

    private async Task RecordAsync(ContainerExit exit, CancellationToken ct)
    {
        if (containers.All.FirstOrDefault(c => c.Id == exit.Id.Value) is { } container)
            await exits.RecordAsync(container, exit, ct).ConfigureAwait(false);
        else if (pods.Find(exit.Id.Value) is { } pod)
            await stop.StopAsync(pod, ct).ConfigureAwait(false); // its shared PID namespace has ended, and its containers with it
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "container or pod sandbox {Id} has ended, which could not be recorded")]
    private partial void LogNotRecorded(Exception failure, string id);
}
