using System.Globalization;
using Ocid.Cri.V1;
using Ocid.E2E.Machine;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Testing;
using Xunit.Abstractions;

namespace Ocid.E2E.Tests.Programs;

/// <summary>What the published file costs a node; the figures are printed and kept in artifacts/footprint.txt.</summary>
public sealed class FootprintTests(TestMachine machine, ITestOutputHelper output) : NodeTests(machine)
{
    private const double MiB = 1024 * 1024;

    [SkippableFact]
    public async Task Daemon_and_monitor_idle_under_60_MiB_and_answer_after_at_most_four_tenths_of_a_second_of_CPU()
    {
        SkipUnlessTheMachineCan();
        Skip.IfNot(OcidProgram.Path == OcidProgram.Published, "measures the published file: make publish");
        await using var node = await TestNode.PrepareAsync(new TestNodeOptions { Registry = Machine.Registry });
        await node.StartMonitorAsync();
        await node.StartDaemonAsync();
        var version = await node.Runtime.VersionAsync(new VersionRequest());
        var cpu = node.CpuTimeToFirstAnswer.TotalSeconds;
        await Task.Delay(2000);
        var (daemon, monitor) = (Pss(node.Daemon), Pss(node.Monitor));
        var (pod, id) = await RunAsync(node, PodRequests.Container("sleeper", Busybox, "sleep", "1000"));
        await Task.Delay(1000);
        var idleBefore = node.Daemon.CpuTime + node.Monitor.CpuTime;
        await Task.Delay(3000);
        var idle = (node.Daemon.CpuTime + node.Monitor.CpuTime - idleBefore).TotalMilliseconds;
        var (daemonWithPod, monitorWithPod) = (Pss(node.Daemon), Pss(node.Monitor));

        var report = string.Create(CultureInfo.InvariantCulture, $"""
            ocid {version.RuntimeVersion}, published file {new FileInfo(OcidProgram.Published).Length / MiB:0.0} MiB
            CPU of the daemon until it answered Version: {cpu:0.00} s
            PSS, idle: daemon {daemon:0.0} MiB, monitor {monitor:0.0} MiB, together {daemon + monitor:0.0} MiB
            PSS, after a pull and with one pod: daemon {daemonWithPod:0.0} MiB, monitor {monitorWithPod:0.0} MiB
            CPU of both in 3 s with one idle pod: {idle:0} ms

            """);
        output.WriteLine(report);
        await File.WriteAllTextAsync(Path.Combine(Repository.Artifacts, "footprint.txt"), report);
        cpu.Should().BeLessThanOrEqualTo(0.4);
        (daemon + monitor).Should().BeLessThan(60);
        await node.StopAsync();
    }

    private static double Pss(OcidProcess process) => Processes.ProportionalSetSize(process.Id) / MiB;
}
