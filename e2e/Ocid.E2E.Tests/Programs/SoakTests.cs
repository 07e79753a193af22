using System.Diagnostics;
using System.Globalization;
using Ocid.E2E.Machine;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Xunit.Abstractions;

namespace Ocid.E2E.Tests.Programs;

/// <summary><c>make soak</c>: pods come and go for as many minutes as $OCID_SOAK_MINUTES says; nothing is left and nothing grows.</summary>
public sealed class SoakTests(TestMachine machine, ITestOutputHelper output) : NodeTests(machine)
{
    // The first pods compile code, fill pools and bring the heaps to their size; from then on daemon and monitor grew by 2 MiB in 900 pods.
    private const int WarmAfter = 240;

    [SkippableFact]
    public async Task Pods_come_and_go_and_nothing_grows()
    {
        var minutes = Environment.GetEnvironmentVariable("OCID_SOAK_MINUTES");
        Skip.If(minutes is null, "runs long: make soak");
        await using var node = await StartNodeAsync();
        await node.PullAsync(Busybox);
        var started = Stopwatch.StartNew();
        var limit = TimeSpan.FromMinutes(double.Parse(minutes!, CultureInfo.InvariantCulture));
        Footing? warm = null;
        var pods = 0;
        while (started.Elapsed < limit)
        {
            await Task.WhenAll(Enumerable.Range(pods, 4).Select(number => RunOneAsync(node, $"soak-{number}")));
            pods += 4;
            if (pods == WarmAfter)
                warm = Footing.Of(node);
        }

        var last = Footing.Of(node);
        output.WriteLine($"{pods} pods in {started.Elapsed.TotalSeconds:0} s; after {WarmAfter}: {warm}; at the end: {last}");
        if (warm is not null)
        {
            (last.MemoryKiB - warm.MemoryKiB).Should().BeLessThan(8 * 1024);
            (last.Descriptors - warm.Descriptors).Should().BeLessThan(20);
            (last.Threads - warm.Threads).Should().BeLessThan(15);
        }

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

    // Of daemon and monitor together, while no pod runs.
    private sealed record Footing(long MemoryKiB, int Descriptors, int Threads)
    {
        public static Footing Of(TestNode node) => new(
            (Processes.ProportionalSetSize(node.Daemon.Id) + Processes.ProportionalSetSize(node.Monitor.Id)) / 1024,
            Entries(node.Daemon, "fd") + Entries(node.Monitor, "fd"),
            Entries(node.Daemon, "task") + Entries(node.Monitor, "task"));

        private static int Entries(OcidProcess process, string folder) => Directory.EnumerateFileSystemEntries($"/proc/{process.Id}/{folder}").Count();
    }
}
