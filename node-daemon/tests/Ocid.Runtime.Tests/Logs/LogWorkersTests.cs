using Ocid.Runtime.Logs;

namespace Ocid.Runtime.Tests.Logs;

public sealed class LogWorkersTests
{
    [Fact]
    public async Task A_job_that_hangs_keeps_no_other_waiting()
    {
        using var hangs = new SemaphoreSlim(0);
        using var workers = new LogWorkers();
        workers.Enqueue(_ => hangs.Wait());

        (await workers.RunAsync(() => "done").WaitAsync(TimeSpan.FromSeconds(30))).Should().Be("done");
        hangs.Release();
    }

    [Fact]
    public async Task Every_job_is_run_once_whoever_brings_it()
    {
        using var workers = new LogWorkers();
        var run = 0;

        await Parallel.ForAsync(0, 2000, async (_, _) => await workers.RunAsync(() => Interlocked.Increment(ref run)));

        run.Should().Be(2000);
    }

    // A container's output can come to its end while the monitor ends: the loop is there then, and the workers are not.
    [Fact]
    public async Task What_comes_after_the_end_is_dropped()
    {
        var workers = new LogWorkers();
        await workers.RunAsync(() => true);
        workers.Dispose();
        var run = false;

        workers.Enqueue(_ => run = true);

        await Task.Delay(200);
        run.Should().BeFalse();
    }
}
