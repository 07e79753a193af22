using Microsoft.Extensions.Logging;
using Ocid.Cri.Confinement;
using Ocid.Cri.Events;
using Ocid.Cri.State;
using Ocid.Primitives;

namespace Ocid.Cri.Pods;

/// <summary>Makes a pod sandbox: READY on return, or nothing of it left.</summary>
internal sealed partial class RunPodSandbox(Registry<PodSandbox> pods, PodSandboxSetup setup, RuntimeHandlers handlers, PodCgroupRules cgroups, SelinuxLabels labels, ContainerEvents events, ThisNode node, ILogger<RunPodSandbox> logger)
    : ICall<V1.RunPodSandboxRequest, V1.RunPodSandboxResponse>, IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private readonly JoinedRequests<PodSandboxName, string> _running = new(Limit, node.Time);

    public async Task<V1.RunPodSandboxResponse> HandleAsync(V1.RunPodSandboxRequest request, CancellationToken ct)
    {
        PodSandboxRules.Check(request.Config);
        handlers.Resolve(request.RuntimeHandler);
        var name = PodSandboxName.Of(request.Config.Metadata);
        var id = await _running.RunAsync(name, $"run pod sandbox {name}", (stage, bounded) => RunAsync(name, request, stage, bounded), ct).ConfigureAwait(false);
        return new V1.RunPodSandboxResponse { PodSandboxId = id };
    }

    /// <summary>A sandbox is gone: a result that nobody fetched names it no more.</summary>
    public void Forget(PodSandbox pod) => _running.Forget(PodSandboxName.Of(pod.Spec.Config.Metadata));

    public ValueTask DisposeAsync() => _running.DisposeAsync();

    private async Task<string> RunAsync(PodSandboxName name, V1.RunPodSandboxRequest request, Stage stage, CancellationToken ct)
    {
        if (pods.All.FirstOrDefault(p => PodSandboxName.Of(p.Spec.Config.Metadata) == name) is { } existing)
            throw new OcidException(ErrorKind.AlreadyExists, $"pod sandbox {name}: exists as {existing.Id}, {(existing.Removing ? "being removed" : existing.Status.Ready ? "ready" : "not ready")}");

        var id = PodSandboxId.New();
        var parent = cgroups.ParentOf(request.Config.Linux?.CgroupParent ?? "", id);
        var spec = PodSandboxSpec.Create(id, request.Config, request.RuntimeHandler, handlers.Resolve(request.RuntimeHandler), parent, node.Time.NowNanoseconds()) with
        {
            SelinuxLevel = labels.NewLevel(pods.All.Select(p => p.Spec.SelinuxLevel)),
        };
        var pod = new PodSandbox(spec, new PodSandboxStatus { Phase = PodPhase.Making, BootId = node.BootId }, node.Paths);

        await using var undo = new Undo(left => LogLeft(pod.Id, left.Message));
        stage.Begin("record");
        undo.Push(async _ => await pod.DeleteAsync().ConfigureAwait(false));
        await pod.SaveAsync().ConfigureAwait(false);
        var addresses = await setup.BuildAsync(pod, stage, undo, ct).ConfigureAwait(false);
        stage.Begin("record");
        await pod.UpdateAsync(pod.Status with { Phase = PodPhase.Ready, Addresses = addresses }).ConfigureAwait(false);
        pods.Add(pod);
        events.Report(pod, V1.ContainerEventType.ContainerCreatedEvent);
        events.Report(pod, V1.ContainerEventType.ContainerStartedEvent);
        undo.Commit();
        setup.Follow(pod);
        return pod.Id;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "pod sandbox {Id} was not made, and not all of it could be taken back: {Reason}")]
    private partial void LogLeft(string id, string reason);
}
