using System.Globalization;
using Ocid.Cri.V1;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.HardDays;

public sealed class ManyStopsTests(TestMachine machine) : NodeTests(machine)
{
    private const int PerPod = 20;

    // As many as a busy test machine makes in a minute; OCID_HARD_STOPS=200 is a full node's.
    private static readonly int Containers = int.Parse(Environment.GetEnvironmentVariable("OCID_HARD_STOPS") ?? "40", CultureInfo.InvariantCulture);

    [SkippableFact]
    public async Task Probes_are_answered_while_hundreds_of_containers_are_in_their_grace_period()
    {
        await using var node = await StartNodeAsync();
        var (probed, id) = await RunAsync(node, PodRequests.Container("probed", Busybox, "sleep", "10000"), "probed");
        var pods = await Task.WhenAll(Enumerable.Range(0, Containers / PerPod).Select(i => TestPod.RunAsync(node, $"stubborn-{i}")));
        var stubborn = new List<(TestPod Pod, string Id)>();
        foreach (var pod in pods)
        {
            foreach (var i in Enumerable.Range(0, PerPod))
            {
                var container = PodRequests.Script($"stubborn-{i}", Busybox, "trap '' TERM; while :; do sleep 1000; done");
                stubborn.Add((pod, await pod.StartAsync(container)));
            }
        }

        var stops = Task.WhenAll(stubborn.Select(one => one.Pod.StopAsync(one.Id, 10)));
        var probes = 0;
        while (!stops.IsCompleted)
        {
            (await probed.ExecAsync(id, "true")).ExitCode.Should().Be(0);
            (await node.Runtime.StatusAsync(new StatusRequest())).Status.Conditions.Should().OnlyContain(condition => condition.Status);
            if (!stops.IsCompleted)
                probes++;
        }

        await stops;
        probes.Should().BePositive("probes are answered before the grace period is over");
        (await node.Runtime.ListContainersAsync(new ListContainersRequest { Filter = new ContainerFilter { State = new ContainerStateValue { State = ContainerState.ContainerRunning } } }))
            .Containers.Select(one => one.Id).Should().Equal(id);
        await node.StopAsync();
    }
}
