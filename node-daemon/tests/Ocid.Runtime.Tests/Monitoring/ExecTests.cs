using System.Diagnostics;
using System.Text;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring;

namespace Ocid.Runtime.Tests.Monitoring;

public sealed class ExecTests
{
    [SkippableTheory]
    [InlineData(TestContainer.Runc)]
    [InlineData(TestContainer.Crun)]
    public async Task Exec_returns_output_and_status(string runtime)
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("sleep 66", runtime: runtime);

        var result = await monitor.Client.ExecSyncAsync(container.Exec("echo out; echo err >&2; exit 9"), default);

        result.ExitCode.Should().Be(9);
        Encoding.UTF8.GetString(result.Output).Should().Be("out\n");
        Encoding.UTF8.GetString(result.Error).Should().Be("err\n");
        Directory.GetFiles(container.StateDirectory, "exec-*").Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData(TestContainer.Runc)]
    [InlineData(TestContainer.Crun)]
    public async Task A_time_out_kills_the_whole_tree(string runtime)
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("sleep 67", runtime: runtime);
        var clock = Stopwatch.StartNew();

        var exec = container.Exec("sleep 71 & (sleep 72 &) ; setsid sleep 73 & sleep 74", TimeSpan.FromSeconds(1));
        var failure = await FluentActions.Awaiting(() => monitor.Client.ExecSyncAsync(exec, default)).Should().ThrowAsync<OcidException>();

        failure.Which.Kind.Should().Be(ErrorKind.DeadlineExceeded);
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(60));
        var left = await monitor.Client.ExecSyncAsync(container.Exec("cat /proc/[0-9]*/cmdline | tr '\\0' ' '"), default);
        Encoding.UTF8.GetString(left.Output).Should().NotContainAny("sleep 71", "sleep 72", "sleep 73", "sleep 74").And.Contain("sleep 67");
    }

    [SkippableFact]
    public async Task A_time_out_counts_the_start()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var slow = new SlowRuntime(monitor.Root);
        var container = await monitor.RunAsync("sleep 75", runtime: slow.Program);
        slow.HangBefore();
        var clock = Stopwatch.StartNew();

        var failure = await FluentActions.Awaiting(() => monitor.Client.ExecSyncAsync(container.Exec("true", TimeSpan.FromSeconds(1)), default)).Should().ThrowAsync<OcidException>();

        failure.Which.Kind.Should().Be(ErrorKind.DeadlineExceeded);
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30));
        slow.GoOn();
        (await monitor.Client.ExecSyncAsync(container.Exec("true"), default)).ExitCode.Should().Be(0);
    }

    [SkippableFact]
    public async Task A_caller_that_leaves_while_its_command_starts_takes_it_along()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var slow = new SlowRuntime(monitor.Root);
        var container = await monitor.RunAsync("while [ ! -e /dev/began ]; do usleep 10000; done; echo began; sleep 75", runtime: slow.Program);
        slow.HangAfter();
        using var caller = new CancellationTokenSource();

        var exec = monitor.Client.ExecSyncAsync(container.Exec("echo >/dev/began; sleep 76"), caller.Token);
        await container.UntilLoggedAsync("began");
        await caller.CancelAsync();
        slow.GoOn();

        await FluentActions.Awaiting(() => exec).Should().ThrowAsync<OperationCanceledException>();
        var left = await monitor.Client.ExecSyncAsync(container.Exec("cat /proc/[0-9]*/cmdline | tr '\\0' ' '"), default);
        Encoding.UTF8.GetString(left.Output).Should().NotContain("sleep 76").And.Contain("sleep 75");
    }

    [SkippableFact]
    public async Task Big_output_is_cut_and_the_rest_discarded()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("sleep 68");

        var exec = container.Exec("head -c 5000000 /dev/zero; echo done >&2") with { OutputLimit = 1_000_000 };
        var result = await monitor.Client.ExecSyncAsync(exec, default);

        result.Output.Should().HaveCount(1_000_000);
        Encoding.UTF8.GetString(result.Error).Should().Be("done\n");
    }

    [SkippableFact]
    public async Task A_grandchild_that_holds_the_output_does_not_hold_up_the_result()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("sleep 69");
        var clock = Stopwatch.StartNew();

        var result = await monitor.Client.ExecSyncAsync(container.Exec("sleep 100 & echo early"), default);

        Encoding.UTF8.GetString(result.Output).Should().Be("early\n");
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(60));
    }

    [SkippableFact]
    public async Task A_program_that_is_not_there_is_named()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("sleep 70");
        var exec = container.Exec("true");
        exec = exec with { Process = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(exec.Process.Span).Replace("/bin/sh", "/no/such", StringComparison.Ordinal)) };

        var failure = await FluentActions.Awaiting(() => monitor.Client.ExecSyncAsync(exec, default)).Should().ThrowAsync<OcidException>();

        failure.Which.Message.Should().StartWith("runc exec: ").And.Contain("/no/such");
    }

    [SkippableFact]
    public async Task A_streamed_exec_has_a_terminal()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("sleep 70");

        using var exec = await monitor.Client.StartExecAsync(
            container.Exec("read x; echo got $x; exit 4", terminal: true), new ExecStdio(null, null, null, Terminal: true), default);
        Descriptor.TryWrite(exec.Master!, "word\n"u8, out _);

        (await exec.Exited.WaitAsync(TimeSpan.FromSeconds(60))).Should().Be(new ExitStatus(4, 0));
    }

    [SkippableFact]
    public async Task Many_execs_run_at_once()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("sleep 70");

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => monitor.Client.ExecSyncAsync(container.Exec($"echo {i}"), default)));

        results.Select(result => Encoding.UTF8.GetString(result.Output)).Should().Equal(Enumerable.Range(0, 10).Select(i => $"{i}\n"));
    }
}
