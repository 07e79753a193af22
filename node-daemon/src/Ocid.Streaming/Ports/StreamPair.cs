using Ocid.Streaming.Spdy;

namespace Ocid.Streaming.Ports;

/// <summary>The two streams of one forwarded connection.</summary>
/// <param name="request">The client's name of it.</param>
internal sealed class StreamPair(string request)
{
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Request { get; } = request;

    public SpdyStream? Data { get; private set; }

    public SpdyStream? Error { get; private set; }

    /// <summary>Completes when both are there.</summary>
    public Task Complete => _complete.Task;

    /// <summary>Adds one; false when that one is there already.</summary>
    public bool Add(SpdyStream stream, bool isData)
    {
        if ((isData ? Data : Error) is not null)
            return false;
        if (isData)
            Data = stream;
        else
            Error = stream;
        if (Data is not null && Error is not null)
            _complete.TrySetResult();
        return true;
    }
}
