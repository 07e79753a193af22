using System.Collections.Immutable;
using System.Threading.Channels;
using Ocid.Cri.Containers;
using Ocid.Cri.Metrics;
using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Primitives;

namespace Ocid.Cri.Events;

/// <summary>
/// Tells every listener what happened to containers and sandboxes, in the order in which it happened to each. Whoever reports never waits: a listener that
/// has fallen too far behind is cut off, so that it knows that it missed something and lists again.
/// </summary>
internal sealed class ContainerEvents(Registry<PodSandbox> pods, Registry<Container> containers, CriMetrics metrics, TimeProvider time)
{
    // A node of 500 pods that is drained makes about 2,000 in a row.
    private const int MostWaiting = 4096;

    private ImmutableArray<Channel<V1.ContainerEventResponse>> _listeners = [];

    /// <summary>Begins to listen; what happens from now on is in the reader, which ends with an error once it was cut off.</summary>
    public ChannelReader<V1.ContainerEventResponse> Listen()
    {
        var channel = Channel.CreateBounded<V1.ContainerEventResponse>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
        ImmutableInterlocked.Update(ref _listeners, listeners => listeners.Add(channel));
        return channel.Reader;
    }

    /// <summary>Ends what <see cref="Listen"/> began.</summary>
    public void Leave(ChannelReader<V1.ContainerEventResponse> reader) =>
        ImmutableInterlocked.Update(ref _listeners, listeners => listeners.RemoveAll(one => one.Reader == reader));

    /// <summary>Reports about a container. The caller holds its gate, which keeps the order.</summary>
    public void Report(Container container, V1.ContainerEventType type) => Report(container.Id, container.Spec.PodSandboxId, type);

    /// <summary>Reports about a sandbox, which has the place of a container whose id is the sandbox's, as with the other runtimes.</summary>
    public void Report(PodSandbox pod, V1.ContainerEventType type) => Report(pod.Id, pod.Id, type);

    private void Report(string id, string podId, V1.ContainerEventType type)
    {
        var listeners = _listeners;
        // The kubelet reads the pod's status of every event, unseen.
        if (listeners.IsEmpty || pods.All.FirstOrDefault(p => p.Id == podId) is not { } pod)
            return;

        var happened = new V1.ContainerEventResponse
        {
            ContainerId = id,
            ContainerEventType = type,
            CreatedAt = time.NowNanoseconds(),
            PodSandboxStatus = PodSandboxMessages.StatusOf(pod),
            ContainersStatuses = { containers.Listed.Where(c => c.Spec.PodSandboxId == podId).Select(ContainerMessages.StatusOf) },
        };
        foreach (var listener in listeners)
        {
            if (listener.Writer.TryWrite(happened))
                continue;
            metrics.EventDropped();
            Leave(listener.Reader);
            listener.Writer.TryComplete(new OcidException(
                ErrorKind.ResourceExhausted, $"container events: {MostWaiting} wait to be read, the stream ends here; list again"));
        }
    }
}
