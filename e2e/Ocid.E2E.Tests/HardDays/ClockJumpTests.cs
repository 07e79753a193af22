using System.Diagnostics;
using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Pods;
using Ocid.Testing;

namespace Ocid.E2E.Tests.HardDays;

/// <summary>The machine's clock is set while the daemon waits: where that harms nobody, as in the virtual machine of make vm-test.</summary>
public sealed class ClockJumpTests(TestMachine machine) : NodeTests(machine), IDisposable
{
    private readonly (DateTimeOffset Clock, long Timestamp) _began = (DateTimeOffset.UtcNow, Stopwatch.GetTimestamp());

    // As if nothing had been.
    public void Dispose()
    {
        if (MaySetClock)
            SetClockAsync(_began.Clock + Stopwatch.GetElapsedTime(_began.Timestamp)).GetAwaiter().GetResult();
    }

    private static bool MaySetClock => Environment.GetEnvironmentVariable("OCID_MAY_SET_CLOCK") == "1";

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_jumps_ends_no_wait_early_and_lengthens_none(int days)
    {
        Skip.IfNot(MaySetClock, "sets the machine's clock: make vm-test does it in its virtual machine");
        await using var node = await StartNodeAsync();
        var (pod, patient) = await RunAsync(node, PodRequests.Container("patient", Busybox, "sleep", "1000"));
        var stubborn = PodRequests.Script("stubborn", Busybox, "trap '' TERM; echo ready; while :; do sleep 1; done");
        var stubbornId = await pod.StartAsync(stubborn);
        await stubborn.WaitForLogAsync(pod, "ready");

        var offered = await node.ExecUrlAsync(new ExecRequest { ContainerId = patient, Cmd = { "echo", "used" }, Stdout = true });
        var stopping = TimedAsync(() => pod.StopAsync(stubbornId, 5));
        var finishing = node.Runtime.ExecSyncAsync(new ExecSyncRequest { ContainerId = patient, Cmd = { "sh", "-c", "sleep 3; echo fine" }, Timeout = 60 });
        var tooLong = TimedAsync(async () => (await FluentActions.Awaiting(async () => await node.Runtime.ExecSyncAsync(
            new ExecSyncRequest { ContainerId = patient, Cmd = { "sleep", "1000" }, Timeout = 4 })).Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.DeadlineExceeded));
        await Task.Delay(1000);
        await SetClockAsync(DateTimeOffset.UtcNow.AddDays(days));

        (await finishing).Stdout.ToStringUtf8().Should().Be("fine\n");
        (await tooLong).Should().BeGreaterThan(TimeSpan.FromSeconds(3)).And.BeLessThan(TimeSpan.FromSeconds(60));
        (await stopping).Should().BeGreaterThan(TimeSpan.FromSeconds(4)).And.BeLessThan(TimeSpan.FromSeconds(60));
        using (var socket = await StreamingRequests.WebSocketAsync(offered))
            System.Text.Encoding.ASCII.GetString((await socket.ReadAllAsync())[1].ToArray()).Should().Be("used\n");

        var later = await pod.ContainerAsync(await pod.StartAsync(PodRequests.Container("later", Busybox, "sleep", "1000")));
        DateTimeOffset.FromUnixTimeMilliseconds(later.CreatedAt / 1_000_000).Should().BeCloseTo(_began.Clock.AddDays(days), TimeSpan.FromHours(1), "the clock did jump");
        var used = await Eventually.GetAsync(
            "a rate measured across the jump", async () => (await node.Runtime.ContainerStatsAsync(new ContainerStatsRequest { ContainerId = patient })).Stats.Cpu.UsageNanoCores, rate => rate is not null);
        used.Value.Should().BeLessThan(1_000_000_000_000, "that would be a thousand processors");
        await node.StopAsync();
    }

    private static Task<string> SetClockAsync(DateTimeOffset time) => Tool.RunAsync("date", "--set", $"@{time.ToUnixTimeSeconds()}");

    private static async Task<TimeSpan> TimedAsync(Func<Task> action)
    {
        var started = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(started);
    }
}
