using Microsoft.Extensions.Time.Testing;
using Ocid.Cluster.Queues;

namespace Ocid.Cluster.Tests.Queues;

public sealed class BacklogTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Backlog<string> _backlog;

    public BacklogTests() => _backlog = new Backlog<string>(_time, new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)));

    public void Dispose() => _backlog.Dispose();

    [Fact]
    public async Task A_key_that_is_added_often_is_taken_once()
    {
        _backlog.Add("a");
        _backlog.Add("a");
        _backlog.Add("b");

        _backlog.Depth.Should().Be(2);
        (await TakeAsync()).Should().Be("a");
        (await TakeAsync()).Should().Be("b");
    }

    [Fact]
    public async Task What_is_added_while_its_key_is_taken_comes_again_and_not_before()
    {
        _backlog.Add("a");
        await TakeAsync();
        _backlog.Add("a");

        _backlog.Depth.Should().Be(0);
        _backlog.Succeeded("a");
        (await TakeAsync()).Should().Be("a");
        _backlog.Succeeded("a");
        _backlog.Depth.Should().Be(0);
    }

    [Fact]
    public async Task What_failed_comes_again_after_a_wait_that_doubles_up_to_the_limit()
    {
        _backlog.Add("a");
        var waits = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            await TakeAsync();
            var wait = _backlog.Failed("a");
            waits.Add(wait.TotalSeconds);
            _time.Advance(wait - TimeSpan.FromMilliseconds(1));
            _backlog.Depth.Should().Be(0);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        waits.Should().Equal(1, 2, 4, 5, 5);
    }

    [Fact]
    public async Task A_success_forgets_the_failures()
    {
        _backlog.Add("a");
        await TakeAsync();
        _time.Advance(_backlog.Failed("a"));
        await TakeAsync();
        _backlog.Succeeded("a");
        _backlog.Add("a");
        await TakeAsync();

        _backlog.Failed("a").Should().Be(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Of_several_wishes_for_later_the_earliest_counts()
    {
        _backlog.AddAfter("a", TimeSpan.FromSeconds(10));
        _backlog.AddAfter("a", TimeSpan.FromSeconds(2));
        _backlog.AddAfter("a", TimeSpan.FromSeconds(20));

        _time.Advance(TimeSpan.FromSeconds(2));
        (await TakeAsync()).Should().Be("a");
        _backlog.Succeeded("a");
        _time.Advance(TimeSpan.FromSeconds(60));
        _backlog.Depth.Should().Be(0);
    }

    [Fact]
    public async Task Workers_never_have_one_key_at_the_same_time_and_lose_no_wish()
    {
        using var backlog = new Backlog<int>(TimeProvider.System, BackOff.Default);
        var (busy, wishes, seen, clashes) = (new int[8], new int[8], new int[8], 0);
        using var stop = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                int key;
                try
                {
                    key = await backlog.TakeAsync(stop.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                if (Interlocked.Increment(ref busy[key]) != 1)
                    Interlocked.Increment(ref clashes);
                Volatile.Write(ref seen[key], Volatile.Read(ref wishes[key]));
                await Task.Yield();
                Interlocked.Decrement(ref busy[key]);
                backlog.Succeeded(key);
            }
        })).ToList();

        Parallel.For(0, 20_000, i =>
        {
            Interlocked.Increment(ref wishes[i % 8]);
            backlog.Add(i % 8);
        });
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!seen.SequenceEqual(wishes))
            await Task.Delay(10, patience.Token);
        await stop.CancelAsync();
        await Task.WhenAll(workers).WaitAsync(TimeSpan.FromMinutes(1));

        clashes.Should().Be(0);
    }

    [Fact]
    public void A_backlog_that_was_disposed_takes_nothing_more()
    {
        _backlog.Dispose();
        _backlog.Add("a");

        _backlog.AddAfter("a", TimeSpan.Zero);
        _time.Advance(TimeSpan.FromMinutes(1));
        _backlog.Depth.Should().Be(0);
    }

    private async Task<string> TakeAsync() => await _backlog.TakeAsync(default).AsTask().WaitAsync(TimeSpan.FromMinutes(1));
}
