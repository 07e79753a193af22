using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Cri.Containers;
using Ocid.Cri.Events;
using Ocid.Cri.Metrics;
using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Primitives;

namespace Ocid.Cri.Tests.Events;

public sealed class ContainerEventsTests
{
    private readonly Registry<PodSandbox> _pods = new("pod sandbox", NullLogger<Registry<PodSandbox>>.Instance);
    private readonly PodSandbox _pod;
    private readonly ContainerEvents _events;

    public ContainerEventsTests()
    {
        var config = new V1.PodSandboxConfig { Metadata = new V1.PodSandboxMetadata { Name = "web", Namespace = "default", Uid = "u" } };
        _pod = new PodSandbox(
            PodSandboxSpec.Create(PodSandboxId.New(), config, "", "runc", "/pods", 1), new PodSandboxStatus { Phase = PodPhase.Ready, BootId = "b" }, new StatePaths("/nonexistent/state", "/nonexistent/run"));
        _pods.Add(_pod);
        _events = new ContainerEvents(
            _pods, new Registry<Container>("container", NullLogger<Registry<Container>>.Instance), new CriMetrics(Prometheus.Metrics.NewCustomRegistry()), TimeProvider.System);
    }

    [Fact]
    public async Task Every_listener_gets_every_event_in_order_with_the_pods_status()
    {
        var (first, second) = (_events.Listen(), _events.Listen());
        _events.Report(_pod, V1.ContainerEventType.ContainerCreatedEvent);
        _events.Report(_pod, V1.ContainerEventType.ContainerStartedEvent);

        foreach (var listener in new[] { first, second })
        {
            var created = await listener.ReadAsync();
            (created.ContainerEventType, created.PodSandboxStatus.Metadata.Uid, created.ContainerId).Should().Be((V1.ContainerEventType.ContainerCreatedEvent, "u", _pod.Id));
            (await listener.ReadAsync()).ContainerEventType.Should().Be(V1.ContainerEventType.ContainerStartedEvent);
        }
    }

    [Fact]
    public async Task A_listener_that_does_not_read_is_cut_off_and_the_others_go_on()
    {
        var (slow, quick) = (_events.Listen(), _events.Listen());
        for (var i = 0; i < 5000; i++)
        {
            _events.Report(_pod, V1.ContainerEventType.ContainerStartedEvent);
            (await quick.ReadAsync()).ContainerId.Should().Be(_pod.Id);
        }

        var read = 0;
        var reading = async () =>
        {
            await foreach (var _ in slow.ReadAllAsync())
                read++;
        };
        (await reading.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.ResourceExhausted);
        read.Should().Be(4096, "what waited is still delivered, in order, before the end");
    }
}
