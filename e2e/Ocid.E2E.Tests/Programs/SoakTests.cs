using System.Diagnostics;
using System.Globalization;
using Ocid.E2E.Machine;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Xunit.Abstractions;

namespace Ocid.E2E.Tests.Programs;

/// <summary>Pods come and go, 20 at a time: a hundred in every run, as many as $OCID_SOAK_PODS says in <c>make soak</c>.</summary>
public sealed class SoakTests(TestMachine machine, ITestOutputHelper output) : NodeTests(machine)
{
    private const int AtATime = 20;

    [SkippableFact]
    public async Task Pods_come_and_go_and_nothing_grows()
    {
        var pods = int.Parse(Environment.GetEnvironmentVariable("OCID_SOAK_PODS") ?? "100", CultureInfo.InvariantCulture);
        await using var node = await StartNodeAsync();
        await node.PullAsync(Busybox);
        var started = Stopwatch.StartNew();
        var waves = new List<Footing>();
        for (var pod = 0; pod < pods; pod += AtATime)
        {
            await Task.WhenAll(Enumerable.Range(pod, AtATime).Select(number => RunOneAsync(node, $"soak-{number}")));
            waves.Add(await Footing.OfAsync(node));
            if (waves.Count % 10 == 0)
                output.WriteLine($"{pod + AtATime} pods, {started.Elapsed.TotalSeconds:0} s: {waves[^1]}");
        }

        // The first half compiles code, fills pools and brings the heaps to their size; from then on nothing may grow.
        var (third, last) = (waves[(waves.Count / 2)..(waves.Count * 3 / 4)], waves[(waves.Count * 3 / 4)..]);
        output.WriteLine($"{pods} pods in {started.Elapsed.TotalSeconds:0} s; third quarter: {third.MinBy(wave => wave.MemoryKiB)}; last: {last.MinBy(wave => wave.MemoryKiB)}");
        // The least memory of a quarter counts: a burst's comes and goes by megabytes until the process gives it back, once a minute.
        (last.Min(wave => wave.MemoryKiB) - third.Min(wave => wave.MemoryKiB)).Should().BeLessThan(8 * 1024);
        (last.Min(wave => wave.Descriptors) - third.Min(wave => wave.Descriptors)).Should().BeLessThan(20);
        (last.Min(wave => wave.Threads) - third.Min(wave => wave.Threads)).Should().BeLessThan(15);
        last[^1].Entries.Except(third[0].Entries).Should().BeEmpty("mounts, cgroups, namespaces, links, rules and files go with their pods");

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
    private sealed record Footing(long MemoryKiB, int Descriptors, int Threads, IReadOnlyList<string> Entries)
    {
        public static async Task<Footing> OfAsync(TestNode node) => new(
            (Processes.ProportionalSetSize(node.Daemon.Id) + Processes.ProportionalSetSize(node.Monitor.Id)) / 1024,
            Names(node.Daemon, "fd") + Names(node.Monitor, "fd"),
            Names(node.Daemon, "task") + Names(node.Monitor, "task"),
            await node.EntriesAsync());

        public override string ToString() => $"{MemoryKiB} KiB, {Descriptors} descriptors, {Threads} threads, {Entries.Count} entries";

        private static int Names(OcidProcess process, string folder) => Directory.EnumerateFileSystemEntries($"/proc/{process.Id}/{folder}").Count();
    }
}
