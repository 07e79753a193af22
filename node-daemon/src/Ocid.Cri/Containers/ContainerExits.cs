using Microsoft.Extensions.Logging;
using Ocid.Cri.Events;
using Ocid.Cri.Metrics;
using Ocid.Cri.State;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring;

namespace Ocid.Cri.Containers;

/// <summary>Records every container's end, and frees what only a running container needs.</summary>
internal sealed partial class ContainerExits(
    ContainerRuntimes runtimes, ContainerRelease release, CriMetrics metrics, ContainerEvents events, ThisNode node, ILogger<ContainerExits> logger)
{
    // The exit status of a process that the runtime could not start, as shells and kubelets know it.
    private const int StartErrorCode = 128;
    private const int UnknownCode = 255;
    private const int SeccompSignal = 31;

    // A node's containers may all end at once; what is freed of each runs the OCI runtime.
    private readonly Gate _releases = new(holders: 8);

    /// <summary>Records an end that the monitor reports.</summary>
    /// <param name="container">The container.</param>
    /// <param name="exit">How it ended.</param>
    /// <param name="ct">Ends the wait for whoever changes the container now.</param>
    public async Task RecordAsync(Container container, ContainerExit exit, CancellationToken ct)
    {
        using var gate = await container.Gate.EnterAsync(ct).ConfigureAwait(false);
        if (container.Status.Phase == ContainerPhase.Exited)
            return;

        // The cgroup is looked at for containers whose monitor was of a version that did not.
        var killedForMemory = exit is { StatusKnown: true, ExitCode: not 0 } && (exit.OomKills > 0 || runtimes.OutOfMemoryKills(container) > 0);
        if (killedForMemory)
            metrics.OomKilled();
        await EndAsync(container, container.Status with
        {
            ExitCode = exit.StatusKnown ? exit.ExitCode : UnknownCode,
            FinishedAt = exit.FinishedAt.ToUnixNanoseconds(),
            Reason = ReasonOf(exit, killedForMemory),
        }).ConfigureAwait(false);
    }

    /// <summary>Records that nobody knows how it ended: the node was restarted, or its supervisor was lost.</summary>
    public async Task RecordLostAsync(Container container, string message)
    {
        using var gate = await container.Gate.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        if (container.Status.Phase == ContainerPhase.Exited)
            return;

        await EndAsync(container, container.Status with
        {
            ExitCode = UnknownCode, FinishedAt = node.Time.NowNanoseconds(), Reason = "Unknown", Message = message,
        }).ConfigureAwait(false);
    }

    /// <summary>Records that the runtime could not start it. The caller holds the container's gate.</summary>
    public Task StartFailedAsync(Container container, string message) => EndAsync(container, container.Status with
    {
        ExitCode = StartErrorCode, FinishedAt = node.Time.NowNanoseconds(), Reason = "StartError", Message = message,
    });

    private async Task EndAsync(Container container, ContainerStatus ended)
    {
        await container.FinishAsync(ended with { Phase = ContainerPhase.Exited, Pid = 0 }).ConfigureAwait(false);
        events.Report(container, V1.ContainerEventType.ContainerStoppedEvent);
        using var slot = await _releases.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await release.RunAsync(container, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is OcidException or IOException or UnauthorizedAccessException)
        {
            LogNotReleased(container.Id, failed.Message);
        }
    }

    private static string ReasonOf(ContainerExit exit, bool killedForMemory)
    {
        if (!exit.StatusKnown)
            return "Unknown";
        if (killedForMemory)
            return "OOMKilled";
        if (exit.Signal == SeccompSignal)
            return "seccomp killed";
        return exit.ExitCode == 0 ? "Completed" : "Error";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "container {Id} has ended and is not cleaned up yet, its removal will try again: {Reason}")]
    private partial void LogNotReleased(string id, string reason);
}
