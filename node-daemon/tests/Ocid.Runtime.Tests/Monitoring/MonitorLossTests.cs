using Ocid.Linux;

namespace Ocid.Runtime.Tests.Monitoring;

public sealed class MonitorLossTests
{
    private const string Count = "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo $i; [ $((i % 20)) = 0 ] && usleep 1000; done";
    private const string Numbers = Count + "; exit 5";

    [SkippableFact]
    public async Task An_exit_while_no_daemon_is_connected_is_told_to_the_next()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("echo before; usleep 300000; echo after; exit 6");

        await monitor.Client.DisposeAsync();
        await container.UntilLoggedAsync("after");
        await monitor.ConnectAsync();

        (await monitor.ExitOfAsync(container.Id)).Should().BeEquivalentTo(new { ExitCode = 6, StatusKnown = true });
        container.Messages().Should().Equal("before", "after");
    }

    [SkippableTheory]
    [InlineData(TestContainer.Runc)]
    [InlineData(TestContainer.Crun)]
    public async Task A_killed_monitor_loses_no_line_and_no_exit_status(string runtime)
    {
        Skip.If(Environment.OSVersion.Version < new Version(6, 15), "needs Linux 6.15");
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync(Numbers, runtime: runtime);
        foreach (var line in (string[])["500", "4000", "8000"])
        {
            await container.UntilLoggedAsync(line);
            await monitor.KillMonitorAsync();
            await monitor.Client.ListAsync(default);
        }

        var exit = await monitor.ExitOfAsync(container.Id);

        exit.Should().BeEquivalentTo(new { ExitCode = 5, StatusKnown = true });
        monitor.Losses.Should().NotBeEmpty();
        var numbers = container.Messages().Select(int.Parse).ToList();
        numbers.Distinct().Should().Equal(Enumerable.Range(1, 20000));
        numbers.Zip(numbers.Skip(1)).Count(pair => pair.Second != pair.First + 1).Should().BeLessThanOrEqualTo(3, "a chunk may come twice");
    }

    [SkippableFact]
    public async Task A_killed_monitor_does_not_cut_a_terminal()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("echo one; read x; echo two", terminal: true);
        await container.UntilLoggedAsync("one\r");

        await monitor.KillMonitorAsync();
        await monitor.Client.ListAsync(default);
        using (var input = await monitor.Client.OpenInputAsync(container.Id))
            Descriptor.TryWrite(input, "x\n"u8, out _);

        await monitor.ExitOfAsync(container.Id);
        container.Messages().Distinct().Should().Equal(["one\r", "x\r", "two\r"], "a chunk may come twice");
    }

    [SkippableFact]
    public async Task An_upgrade_in_place_loses_nothing_and_keeps_the_process()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        // It outlives the command in it, which would be killed with its process namespace.
        var container = await monitor.RunAsync(Count + "; read x; exit 5", stdin: true);
        var exec = monitor.Client.ExecSyncAsync(container.Exec("usleep 1500000; exit 8"), default);
        foreach (var line in (string[])["500", "6000"])
        {
            await container.UntilLoggedAsync(line);
            await monitor.Client.UpgradeAsync(MonitorFixture.DotnetPath, MonitorFixture.HostArguments(monitor.SocketPath), default)
                .WaitAsync(TimeSpan.FromSeconds(60));
        }

        (await exec.WaitAsync(TimeSpan.FromSeconds(60))).ExitCode.Should().Be(8);
        using (var input = await monitor.Client.OpenInputAsync(container.Id))
            Descriptor.TryWrite(input, "x\n"u8, out _);
        var exit = await monitor.ExitOfAsync(container.Id);

        exit.Should().BeEquivalentTo(new { ExitCode = 5, StatusKnown = true });
        monitor.Losses.Should().BeEmpty();
        container.Messages().Select(int.Parse).Should().Equal(Enumerable.Range(1, 20000));
        var later = await monitor.RunAsync("exit 7");
        (await monitor.ExitOfAsync(later.Id)).ExitCode.Should().Be(7);
    }

    [SkippableFact]
    public async Task A_failed_upgrade_changes_nothing()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("echo one; read x; echo two", stdin: true);

        await FluentActions.Awaiting(() => monitor.Client.UpgradeAsync("/no/such/program", [], default)).Should().ThrowAsync<Exception>();
        using (var input = await monitor.Client.OpenInputAsync(container.Id))
            Descriptor.TryWrite(input, "x\n"u8, out _);

        (await monitor.ExitOfAsync(container.Id)).StatusKnown.Should().BeTrue();
        container.Messages().Should().Equal("one", "two");
    }
}
