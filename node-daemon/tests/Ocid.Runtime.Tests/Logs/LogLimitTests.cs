using System.Text;
using Ocid.Linux;
using Ocid.Runtime.Logs;

namespace Ocid.Runtime.Tests.Logs;

public sealed class LogLimitTests : IDisposable
{
    private const int Limit = 20 * 1024;
    private readonly string _root = Directory.CreateTempSubdirectory("ocid-limit-").FullName;

    private string Log => Path.Combine(_root, "0.log");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_log_at_its_limit_begins_anew_is_never_longer_and_has_whole_lines()
    {
        var longest = 0L;
        await WriteAsync(10_000, () => longest = Math.Max(longest, new FileInfo(Log) is { Exists: true } log ? log.Length : 0));

        var lines = await File.ReadAllLinesAsync(Log);
        longest.Should().BeInRange(1, Limit);
        lines[0].Should().NotEndWith(" line 0", "it began anew");
        lines.Should().OnlyContain(line => line.Contains(" stdout F line ", StringComparison.Ordinal));
        lines[^1].Should().EndWith(" line 9999");
        Directory.GetFiles(_root).Should().Equal(Log);
    }

    [Fact]
    public async Task Who_has_the_log_open_sees_that_it_was_replaced()
    {
        await File.WriteAllTextAsync(Log, new string('x', Limit - 10) + "\n");
        using var follower = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        await WriteAsync(1, () => { });

        follower.Length.Should().Be(Limit - 9);
        (await File.ReadAllTextAsync(Log)).Should().EndWith(" stdout F line 0\n").And.NotContain("x");
    }

    private async Task WriteAsync(int count, Action look)
    {
        using var loop = new EventLoop("test");
        using var workers = new LogWorkers();
        var pipe = Pipe.Create();
        var output = new ContainerOutput(loop, workers, TimeProvider.System, null, Log, message => throw new InvalidOperationException(message)) { LogLimit = Limit };
        output.Add(new StreamPump(pipe.Reader, "stdout", "stdout"u8.ToArray()));
        await OnLoopAsync(output.Resume);
        for (var i = 0; i < count; i++)
        {
            Descriptor.TryWrite(pipe.Writer, Encoding.ASCII.GetBytes($"line {i}\n"), out _);
            if (i % 100 == 99)
                look();
        }

        pipe.Writer.Dispose();
        await output.Ended.WaitAsync(TimeSpan.FromSeconds(60));
        await OnLoopAsync(output.Dispose);

        Task OnLoopAsync(Action action) => loop.InvokeAsync(() =>
        {
            action();
            return Task.CompletedTask;
        });
    }
}
