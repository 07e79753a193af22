namespace Ocid.Cluster.Api;

/// <summary>A token that is cancelled by its caller's, or when time is up.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _either;

    public TimeLimit(TimeProvider time, TimeSpan limit, CancellationToken ct)
    {
        _limit = limit;
        _late = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_late.Token, ct);
    }

    public CancellationToken Token => _either.Token;

    public bool IsOver => _late.IsCancellationRequested;

    /// <summary>Begins anew.</summary>
    public void Renew() => _late.CancelAfter(_limit);

    public void Dispose()
    {
        _either.Dispose();
        _late.Dispose();
    }
}
