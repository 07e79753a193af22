using System.Text;
using System.Threading.Channels;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Logs;

namespace Ocid.Runtime.Tests.Logs;

public sealed class ContainerOutputTests : IDisposable
{
    private const int Limit = 20 * 1024;
    private readonly string _root = Directory.CreateTempSubdirectory("ocid-output-").FullName;
    private readonly EventLoop _loop = new("test");
    private readonly LogWorkers _workers = new();
    private readonly Pipe _pipe = Pipe.Create();
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();

    public void Dispose()
    {
        _pipe.Dispose();
        _workers.Dispose();
        _loop.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Output_that_is_dropped_is_told_once_and_again_when_it_is_written()
    {
        var log = Path.Combine(_root, "later", "0.log");
        var output = Output(log);
        Print("lost\n");

        await OnLoopAsync(output.Resume);
        (await NextAsync()).Should().StartWith($"{log} cannot be written").And.Contain("no such file or directory");
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        (await NextAsync()).Should().Be($"{log} can be written again");
        _told.Reader.TryRead(out _).Should().BeFalse();
        await OnLoopAsync(output.Dispose);
    }

    [Fact]
    public async Task A_container_that_goes_while_its_log_cannot_be_written_is_left_alone_from_then_on()
    {
        var log = Path.Combine(_root, "later", "0.log");
        var output = Output(log);
        Print("lost\n");
        await OnLoopAsync(output.Resume);
        await NextAsync();

        await OnLoopAsync(output.Dispose);
        await Task.Delay(200); // forty times as long as it waits for the disk

        IsRead().Should().BeFalse();
        _told.Reader.TryRead(out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_container_that_goes_while_its_disk_stalls_is_let_go_of_once_it_does_no_more()
    {
        var log = Path.Combine(_root, "0.log");
        await Command.RunAsync(new CommandSpec { Program = "/usr/bin/mkfifo", Arguments = [log] }, default);
        var disk = new FileStream(log, FileMode.Open, FileAccess.ReadWrite);
        var output = Output(log, opened: AppendFile.Open(log));
        Print(string.Concat(Enumerable.Repeat("x\n", 30_000))); // twenty times as much in the log, more than the disk takes
        await OnLoopAsync(output.Resume);
        await Task.Delay(200);

        await OnLoopAsync(output.Dispose);
        IsRead().Should().BeTrue("it is being written");
        await using var file = new FileStream(log, FileMode.Open, FileAccess.Read);
        await disk.DisposeAsync();
        await Task.Run(() => file.CopyTo(Stream.Null)).WaitAsync(TimeSpan.FromSeconds(60)); // to the end: it is closed

        IsRead().Should().BeFalse();
    }

    [Fact]
    public async Task A_container_that_goes_before_its_log_was_opened_again_fails_who_waits_for_that()
    {
        var output = Output(Path.Combine(_root, "later", "0.log"), TimeSpan.FromHours(1));
        Print("waits\n");
        await OnLoopAsync(output.Resume);
        await Task.Delay(100);
        var reopened = Task.CompletedTask;

        await OnLoopAsync(() => reopened = output.ReopenAsync());
        await OnLoopAsync(output.Dispose);

        (await FluentActions.Awaiting(() => reopened.WaitAsync(TimeSpan.FromSeconds(60))).Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.FailedPrecondition);
    }

    [Fact]
    public async Task Whatever_keeps_a_log_from_being_written_is_told()
    {
        var log = Path.Combine(_root, "0.log");
        Directory.CreateDirectory(log + ".tmp"); // in the way of the file that follows a log at its limit
        await File.WriteAllTextAsync(log, new string('x', Limit) + "\n");
        var output = Output(log);
        Print("first\n");

        await OnLoopAsync(output.Resume);
        (await NextAsync()).Should().StartWith($"{log} cannot be written").And.Contain("0.log.tmp");
        Directory.Delete(log + ".tmp");
        (await NextAsync()).Should().Be($"{log} can be written again");
        await OnLoopAsync(output.Dispose);
    }

    private ContainerOutput Output(string log, TimeSpan? retryAfter = null, AppendFile? opened = null)
    {
        var output = new ContainerOutput(_loop, _workers, TimeProvider.System, opened, log, message => _told.Writer.TryWrite(message))
        {
            LogLimit = Limit, RetryAfter = retryAfter ?? TimeSpan.FromMilliseconds(5),
        };
        var reader = Descriptor.Duplicate(_pipe.Reader);
        _pipe.Reader.Dispose();
        output.Add(new StreamPump(reader, "stdout", "stdout"u8.ToArray()));
        return output;
    }

    private void Print(string text) => Descriptor.TryWrite(_pipe.Writer, Encoding.ASCII.GetBytes(text), out _);

    // Whether anybody has the container's pipe open.
    private bool IsRead()
    {
        try
        {
            Descriptor.SetNonBlocking(_pipe.Writer); // it may be full
            Descriptor.TryWrite(_pipe.Writer, "y\n"u8, out _);
            return true;
        }
        catch (LinuxException broken) when (broken.Errno == Errno.EPIPE)
        {
            return false;
        }
    }

    private Task<string> NextAsync() => _told.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    private Task OnLoopAsync(Action action) => _loop.InvokeAsync(() =>
    {
        action();
        return Task.CompletedTask;
    });
}
