namespace Ocid.Linux.Tests;

public sealed class PidFdTests
{
    [Fact]
    public async Task A_detached_child_is_waited_for_and_signalled()
    {
        var pid = await Command.StartDetachedAsync(new CommandSpec { Program = "/bin/sleep", Arguments = ["64"] });
        using var process = PidFd.Open(pid);
        ProcessEntry.TryRead(pid, out var entry).Should().BeTrue();
        entry.Session.Should().Be(pid);

        process.TrySignal(9).Should().BeTrue();
        await process.WaitAsync(default).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [SkippableFact]
    public async Task The_kernel_keeps_the_status_of_a_process_that_was_reaped()
    {
        Skip.If(Environment.OSVersion.Version < new Version(6, 15), "needs Linux 6.15");
        var running = await Command.StartDetachedAsync(new CommandSpec { Program = "/bin/sh", Arguments = ["-c", "sleep 0.2; exit 42"] });
        using var process = PidFd.Open(running);
        process.TryGetKeptStatus().Should().BeNull();

        for (var i = 0; i < 6000 && process.TryGetKeptStatus() is null; i++)
            await Task.Delay(10);

        process.TryGetKeptStatus().Should().Be(new ExitStatus(42, 0));
    }

    [Fact]
    public void Open_says_which_pid_is_not_there() =>
        FluentActions.Invoking(() => PidFd.Open(0x3fffff)).Should().Throw<LinuxException>().WithMessage("pidfd_open 4194303: *");
}
