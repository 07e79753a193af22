namespace Ocid.Cri.Observation;

/// <summary>
/// How many processors are in use, from two readings of the time used. The kubelet's <c>kubectl top</c> shows it.
/// Readings that are too close together leave the last answer: the difference would be noise.
/// </summary>
internal sealed class CpuRate
{
    private const long ShortestNanoseconds = 1_000_000_000;
    private const double NanocoresPerCore = 1e9;

    private readonly Lock _gate = new();
    private long _time;
    private ulong _total;
    private ulong? _nanocores;

    /// <summary>Takes a reading and answers in billionths of a processor; null until there are two.</summary>
    /// <param name="total">Processor time used, in nanoseconds.</param>
    /// <param name="now">When that was read, in nanoseconds since 1970.</param>
    public ulong? Next(ulong total, long now)
    {
        lock (_gate)
        {
            var elapsed = now - _time;
            // A clock that was set back, or a counter that begins again, makes a new start.
            if (_time == 0 || elapsed < 0 || total < _total)
                (_time, _total) = (now, total);
            else if (elapsed >= ShortestNanoseconds)
                (_nanocores, _time, _total) = ((ulong)((total - _total) * NanocoresPerCore / elapsed), now, total);
            return _nanocores;
        }
    }
}
