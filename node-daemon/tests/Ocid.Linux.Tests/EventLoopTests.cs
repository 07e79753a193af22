namespace Ocid.Linux.Tests;

public sealed class EventLoopTests
{
    [Fact]
    public async Task Awaits_inside_a_handler_come_back_to_the_loop()
    {
        using var loop = new EventLoop("test");

        var here = await loop.InvokeAsync(async () =>
        {
            await Task.Delay(10);
            return loop.IsCurrent;
        });

        here.Should().BeTrue();
    }

    [Fact]
    public async Task Timers_fire_in_their_order_and_not_when_disposed()
    {
        using var loop = new EventLoop("test");
        var fired = new List<int>();
        var done = new TaskCompletionSource();
        // On the loop, so that none fires before all are set.
        await loop.InvokeAsync(() =>
        {
            loop.After(TimeSpan.FromMilliseconds(300), () => fired.Add(2));
            loop.After(TimeSpan.FromMilliseconds(20), () => fired.Add(1));
            loop.After(TimeSpan.FromMilliseconds(30), () => fired.Add(3)).Dispose();
            loop.After(TimeSpan.FromMilliseconds(310), done.SetResult);
            return Task.CompletedTask;
        });

        await done.Task.WaitAsync(TimeSpan.FromSeconds(60));

        fired.Should().Equal(1, 2);
    }

    [Fact]
    public async Task A_disposed_watch_reports_no_more_though_a_duplicate_is_open()
    {
        using var loop = new EventLoop("test");
        using var pipe = Pipe.Create();
        using var duplicate = Descriptor.Duplicate(pipe.Reader);
        var calls = 0;
        await loop.InvokeAsync(() =>
        {
            loop.Watch(pipe.Reader, EventMask.Read, _ => calls++).Dispose();
            return Task.CompletedTask;
        });

        Descriptor.TryWrite(pipe.Writer, "x"u8, out _);
        await Task.Delay(50);

        calls.Should().Be(0);
    }
}
