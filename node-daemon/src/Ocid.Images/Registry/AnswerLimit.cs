namespace Ocid.Images.Registry;

/// <summary>Ends a request whose other side is silent for too long. The time in which our own side is busy does not count.</summary>
internal sealed class AnswerLimit : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly TimeSpan _limit;

    public AnswerLimit(TimeSpan limit, CancellationToken ct)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _limit = limit;
        Start();
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Counts from now.</summary>
    public void Start() => _source.CancelAfter(_limit);

    public void Stop() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose() => _source.Dispose();
}
