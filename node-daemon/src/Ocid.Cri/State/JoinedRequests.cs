using Ocid.Primitives;

namespace Ocid.Cri.State;

/// <summary>
/// Long requests by key. One that arrives while the first of its key still runs joins it and gets its result; one whose
/// callers all gave up runs on, and the next caller of the key gets what it made. So the kubelet, which times out and
/// asks again, never meets "name is reserved".
/// </summary>
/// <param name="limit">How long one piece of work may run, whoever waits for it.</param>
/// <param name="time">The clock.</param>
internal sealed class JoinedRequests<TKey, TResult>(TimeSpan limit, TimeProvider time) : IAsyncDisposable
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Request> _requests = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Runs the work, or joins the run of the same key.</summary>
    /// <param name="key">What makes two requests the same.</param>
    /// <param name="what">The request in an error message, for example <c>run pod sandbox default/web</c>.</param>
    /// <param name="work">The work; it names its stages as it goes.</param>
    /// <param name="ct">Ends this caller's wait, not the work.</param>
    /// <exception cref="OcidException">DeadlineExceeded: the caller's time ran out; the message names the stage reached.</exception>
    public async Task<TResult> RunAsync(TKey key, string what, Func<Stage, CancellationToken, Task<TResult>> work, CancellationToken ct)
    {
        var request = Join(key, work);
        try
        {
            var result = await request.Work.WaitAsync(ct).ConfigureAwait(false);
            Remove(key, request);
            return result;
        }
        catch (OperationCanceledException)
        {
            throw new OcidException(ErrorKind.DeadlineExceeded, ct.IsCancellationRequested
                ? $"{what}: still at stage {Quoted.Text(request.Stage.Name)}; the same request again joins this one"
                : $"{what}: gave up after {limit.TotalSeconds:0} s at stage {Quoted.Text(request.Stage.Name)}");
        }
    }

    /// <summary>Forgets a finished result that nobody fetched: what it made is gone.</summary>
    public void Forget(TKey key)
    {
        lock (_gate)
        {
            if (_requests.TryGetValue(key, out var request) && request.Work.IsCompleted)
                _requests.Remove(key);
        }
    }

    /// <summary>Cancels what still runs and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        Task[] running;
        lock (_gate)
            running = [.. _requests.Values.Select(r => r.Work)];
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private Request Join(TKey key, Func<Stage, CancellationToken, Task<TResult>> work)
    {
        lock (_gate)
        {
            if (_requests.TryGetValue(key, out var running))
                return running;

            var stage = new Stage();
            var request = new Request(stage, Task.Run(() => BoundedAsync(key, stage, work)));
            _requests.Add(key, request);
            return request;
        }
    }

    private void Remove(TKey key, Request request)
    {
        lock (_gate)
        {
            if (_requests.TryGetValue(key, out var current) && current == request)
                _requests.Remove(key);
        }
    }

    private async Task<TResult> BoundedAsync(TKey key, Stage stage, Func<Stage, CancellationToken, Task<TResult>> work)
    {
        using var bounded = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, _stopping.Token);
        try
        {
            return await work(stage, both.Token).ConfigureAwait(false);
        }
        catch
        {
            // Nobody fetches a failure later: the next request of this key starts anew.
            lock (_gate)
                _requests.Remove(key);
            throw;
        }
    }

    private sealed record Request(Stage Stage, Task<TResult> Work);
}
