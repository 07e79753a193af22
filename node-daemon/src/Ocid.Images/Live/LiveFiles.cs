using Ocid.Primitives;

namespace Ocid.Images.Live;

/// <summary>What a set of files says, read again on use when one of them changed, came or went. Nothing is polled and nothing is watched.</summary>
/// <param name="read">Reads the files, only through what it is given; throws where they are wrong.</param>
/// <param name="keptLast">
/// Told once of each new failure, while the last good content stays in force. Null: there is no such mercy, and <see cref="Current"/> throws until the files are right.
/// </param>
internal sealed class LiveFiles<T>(Func<LiveReading, T> read, Action<OcidException>? keptLast = null)
    where T : class
{
    private readonly Lock _gate = new();
    private LiveReading? _reading;
    private T? _current;
    private OcidException? _failure;

    /// <summary>What the files say now.</summary>
    /// <exception cref="OcidException">They are wrong, and never were right or must not be overlooked.</exception>
    public T Current
    {
        get
        {
            lock (_gate)
            {
                if (_reading is null || _reading.IsStale)
                    Read();
                return _current ?? throw new OcidException(_failure!.Kind, _failure.Message, _failure);
            }
        }
    }

    private void Read()
    {
        var reading = new LiveReading();
        try
        {
            (_current, _failure) = (read(reading), null);
        }
        catch (OcidException failure)
        {
            if (keptLast is null)
                _current = null;
            if (_failure?.Message != failure.Message)
                keptLast?.Invoke(failure);
            _failure = failure;
        }

        _reading = reading;
    }
}
