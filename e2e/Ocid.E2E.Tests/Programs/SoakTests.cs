using System.Diagnostics;
using System.Globalization;
using Ocid.E2E.Machine;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Xunit.Abstractions;

namespace Ocid.E2E.Tests.Programs;

/// <summary><c>make soak</c>: pods come and go for as many minutes as $OCID_SOAK_MINUTES says; nothing is left and memory does not grow.</summary>
public sealed class SoakTests(TestMachine machine, ITestOutputHelper output) : NodeTests(machine)
{
    [SkippableFact]
    public async Task Pods_come_and_go_and_memory_does_not_grow()
    {
        var minutes = Environment.GetEnvironmentVariable("OCID_SOAK_MINUTES");
        Skip.If(minutes is null, "runs long: make soak");
        await using var node = await StartNodeAsync();
        await node.PullAsync(Busybox);
        var started = Stopwatch.StartNew();
        var limit = TimeSpan.FromMinutes(double.Parse(minutes!, CultureInfo.InvariantCulture));
        long warm = 0;
        var pods = 0;
        while (started.Elapsed < limit)
        {
            await Task.WhenAll(Enumerable.Range(pods, 4).Select(number => RunOneAsync(node, $"soak-{number}")));
            pods += 4;
            // The first pods compile code and fill pools.
            if (pods == 40)
                warm = MemoryOf(node);
        }
        var grown = (MemoryOf(node) - warm) / 1024;
        output.WriteLine($"{pods} pods in {started.Elapsed.TotalSeconds:0} s; PSS grew by {grown} KiB since the fortieth");
        if (warm > 0)
            grown.Should().BeLessThan(8 * 1024);
        await node.StopAsync();
    }

    private async Task RunOneAsync(TestNode node, string name)
    {
        var pod = await TestPod.RunAsync(node, name);
        var container = PodRequests.Script("one", Busybox, "echo ready; exec sleep 1000");
        var id = await pod.StartAsync(container);
        await container.WaitForLogAsync(pod, "ready");
        (await pod.ExecAsync(id, "true")).ExitCode.Should().Be(0);
        await pod.RemoveAsync();
    }

    private static long MemoryOf(TestNode node) =>
        Processes.ProportionalSetSize(node.Daemon.Id) + Processes.ProportionalSetSize(node.Monitor.Id);
}
