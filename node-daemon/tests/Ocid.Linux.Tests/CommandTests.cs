using System.Globalization;
using Ocid.Primitives;

namespace Ocid.Linux.Tests;

public sealed class CommandTests
{
    private static CommandSpec Shell(string script) => new() { Program = "/bin/sh", Arguments = ["-c", script] };

    [Fact]
    public async Task Run_returns_both_outputs_and_the_exit_code()
    {
        var result = await Command.RunAsync(Shell("echo out; echo err >&2; exit 7"), default);

        result.ExitCode.Should().Be(7);
        result.OutputText.Should().Be("out\n");
        result.LastErrorLine.Should().Be("err");
    }

    [Fact]
    public async Task Run_reports_a_signal_as_128_and_its_number() =>
        (await Command.RunAsync(Shell("kill -TERM $$"), default)).ExitCode.Should().Be(143);

    [Fact]
    public async Task Run_feeds_more_input_than_a_pipe_holds()
    {
        var result = await Command.RunAsync(new CommandSpec { Program = "/usr/bin/wc", Arguments = ["-c"], Input = new byte[1_000_000] }, default);

        result.OutputText.Trim().Should().Be("1000000");
    }

    [Fact]
    public async Task Run_survives_a_child_that_does_not_read_its_input()
    {
        var result = await Command.RunAsync(new CommandSpec { Program = "/bin/true", Input = new byte[1_000_000] }, default);

        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Run_keeps_the_first_bytes_and_discards_the_rest()
    {
        var spec = Shell("head -c 3000000 /dev/zero; echo done >&2") with { OutputLimit = 1000 };

        var result = await Command.RunAsync(spec, default);

        result.Output.Should().HaveCount(1000);
        result.LastErrorLine.Should().Be("done");
    }

    [Fact]
    public async Task Run_does_not_wait_for_a_grandchild_that_holds_the_output()
    {
        var result = await Command.RunAsync(Shell("sleep 30 & echo $! early"), default);

        var (grandchild, word) = (result.OutputText.Split()[0], result.OutputText.Split()[1]);
        word.Should().Be("early");
        using var process = PidFd.Open(int.Parse(grandchild, CultureInfo.InvariantCulture));
        process.TrySignal(9).Should().BeTrue("it still runs");
    }

    [Fact]
    public async Task Timeout_kills_the_descendants_too()
    {
        var file = Path.GetTempFileName();
        var spec = Shell($"setsid sh -c 'echo $$ > {file}; exec sleep 61' & sleep 62") with { Timeout = TimeSpan.FromSeconds(2) };

        var failure = await FluentActions.Awaiting(() => Command.RunAsync(spec, default)).Should().ThrowAsync<OcidException>();

        failure.Which.Kind.Should().Be(ErrorKind.DeadlineExceeded);
        var grandchild = int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture);
        for (var i = 0; i < 6000 && ProcessEntry.TryRead(grandchild, out var entry) && entry.State != 'Z'; i++)
            await Task.Delay(10);
        (!ProcessEntry.TryRead(grandchild, out var left) || left.State == 'Z').Should().BeTrue();
        File.Delete(file);
    }

    [Fact]
    public async Task Cancellation_kills_the_child()
    {
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var cancelling = () => Command.RunAsync(Shell("sleep 630"), cancelled.Token).WaitAsync(TimeSpan.FromSeconds(60));

        await cancelling.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Run_names_a_program_that_is_not_there()
    {
        var failure = await FluentActions.Awaiting(() => Command.RunAsync(new CommandSpec { Program = "/no/such/program" }, default))
            .Should().ThrowAsync<LinuxException>();

        failure.Which.Errno.Should().Be(Errno.ENOENT);
        failure.Which.Message.Should().Contain("/no/such/program");
    }

    [Fact]
    public async Task A_child_inherits_no_descriptor_and_no_ignored_signal()
    {
        var descriptors = await Command.RunAsync(new CommandSpec { Program = "/bin/ls", Arguments = ["/proc/self/fd"] }, default);
        var status = await Command.RunAsync(new CommandSpec { Program = "/bin/cat", Arguments = ["/proc/self/status"] }, default);

        descriptors.OutputText.Should().Be("0\n1\n2\n3\n", "3 is the directory that ls reads");
        status.OutputText.Should().MatchRegex("SigIgn:\\s+0+\\s").And.MatchRegex("SigBlk:\\s+0+\\s");
    }

    [Fact]
    public async Task A_child_gets_the_default_soft_limit_of_descriptors_and_this_process_keeps_its_own()
    {
        var own = await File.ReadAllTextAsync("/proc/self/limits");

        var child = await Command.RunAsync(Shell("ulimit -Sn; ulimit -Hn"), default);

        var hard = own.Split('\n').Single(line => line.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[4];
        child.OutputText.Should().Be($"{Math.Min(1024, long.Parse(hard, CultureInfo.InvariantCulture))}\n{hard}\n");
        (await File.ReadAllTextAsync("/proc/self/limits")).Should().Be(own);
    }

    [Fact]
    public async Task A_child_gets_the_environment_directory_and_descriptors_given()
    {
        using var extra = Pipe.Create();
        var spec = Shell("pwd; echo $GIVEN$HOME; echo through >&3") with
        {
            Environment = new Dictionary<string, string> { ["GIVEN"] = "x", ["PATH"] = "/usr/bin:/bin" },
            WorkingDirectory = "/usr",
            ExtraDescriptors = [extra.Writer],
        };

        var result = await Command.RunAsync(spec, default);

        result.OutputText.Should().Be("/usr\nx\n");
        var buffer = new byte[64];
        Descriptor.TryRead(extra.Reader, buffer, out var count);
        buffer.AsSpan(0, count).ToArray().Should().Equal("through\n"u8.ToArray());
    }

    [Fact]
    public async Task Many_commands_run_at_once()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Command.RunAsync(Shell($"echo {i}"), default)));

        results.Select(result => result.OutputText.Trim()).Should().Equal(Enumerable.Range(0, 50).Select(i => $"{i}"));
    }
}
