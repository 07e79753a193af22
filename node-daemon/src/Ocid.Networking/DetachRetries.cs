using System.Threading.Channels;
using Ocid.Primitives;

namespace Ocid.Networking;

/// <summary>Tries failed DELs again, each with its own growing pause, until they succeed. One loop; it sleeps while nothing is due.</summary>
/// <param name="detach">One try; true: done.</param>
/// <param name="first">The first pause.</param>
/// <param name="longest">The longest pause.</param>
/// <param name="time">The clock.</param>
internal sealed class DetachRetries(Func<PodSandboxId, CancellationToken, Task<bool>> detach, TimeSpan first, TimeSpan longest, TimeProvider time) : IAsyncDisposable
{
    private readonly Channel<PodSandboxId> _arrivals = Channel.CreateUnbounded<PodSandboxId>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<PodSandboxId, Due> _due = [];
    private Task _loop = Task.CompletedTask;

    // By the clock that nobody sets.
    private sealed record Due(long Since, TimeSpan Pause);

    public void Start() => _loop = RunAsync(_stop.Token);

    /// <summary>Has the sandbox's DEL tried again; one that is waiting already keeps its turn.</summary>
    public void Enqueue(PodSandboxId id) => _arrivals.Writer.TryWrite(id);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            await WaitAsync(ct);
            while (_arrivals.Reader.TryRead(out var id))
                _due.TryAdd(id, new Due(time.GetTimestamp(), first));
            foreach (var (id, due) in _due.Where(one => Left(one.Value) <= TimeSpan.Zero).ToList())
            {
                if (await detach(id, ct))
                    _due.Remove(id);
                else
                    _due[id] = Later(due);
            }
        }
    }

    private Due Later(Due due)
    {
        var pause = due.Pause * 2 < longest ? due.Pause * 2 : longest;
        return new Due(time.GetTimestamp(), pause);
    }

    private TimeSpan Left(Due due) => due.Pause - time.GetElapsedTime(due.Since);

    private async Task WaitAsync(CancellationToken ct)
    {
        if (_due.Count == 0)
        {
            await _arrivals.Reader.WaitToReadAsync(ct);
            return;
        }

        var pause = _due.Values.Min(Left);
        if (pause <= TimeSpan.Zero)
            return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var arrival = _arrivals.Reader.WaitToReadAsync(either.Token).AsTask();
        await Task.WhenAny(arrival, Task.Delay(pause, time, either.Token));
        await either.CancelAsync();
        await ((Task)arrival).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
    }
}
