using System.Threading.Channels;
using Ocid.Linux;
using Ocid.Runtime.Logs;

namespace Ocid.Runtime.Tests.Logs;

public sealed class ContainerOutputTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ocid-output-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Output_that_is_dropped_is_told_once_and_again_when_it_is_written()
    {
        using var loop = new EventLoop("test");
        using var workers = new LogWorkers();
        using var pipe = Pipe.Create();
        var told = Channel.CreateUnbounded<string>();
        var log = Path.Combine(_root, "later", "0.log");
        var output = new ContainerOutput(loop, workers, TimeProvider.System, null, log, message => told.Writer.TryWrite(message)) { RetryAfter = TimeSpan.FromMilliseconds(5) };
        output.Add(new StreamPump(Descriptor.Duplicate(pipe.Reader), "stdout", "stdout"u8.ToArray()));
        Descriptor.TryWrite(pipe.Writer, "lost\n"u8, out _);

        await OnLoopAsync(output.Resume);
        (await NextAsync()).Should().StartWith($"{log} cannot be written").And.Contain("no such file or directory");
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        (await NextAsync()).Should().Be($"{log} can be written again");
        told.Reader.TryRead(out _).Should().BeFalse();
        await OnLoopAsync(output.Dispose);

        Task OnLoopAsync(Action action) => loop.InvokeAsync(() =>
        {
            action();
            return Task.CompletedTask;
        });

        Task<string> NextAsync() => told.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
    }
}
