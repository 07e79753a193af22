using Ocid.Linux;

namespace Ocid.Runtime.Monitoring.Client;

// Both outputs of an exec. Used on the loop only.
internal sealed class CapturedPair : IDisposable
{
    private readonly OutputCapture _output;
    private readonly OutputCapture _error;
    private readonly TaskCompletionSource _closed = new();

    public CapturedPair(EventLoop loop, FileDescriptor output, FileDescriptor error, int limit)
    {
        _output = new OutputCapture(loop, output, limit, Settle);
        _error = new OutputCapture(loop, error, limit, Settle);
    }

    /// <summary>Takes what is there, once the process has ended.</summary>
    public async Task<(byte[] Output, byte[] Error)> FinishAsync(TimeSpan grace)
    {
        _output.Drain();
        _error.Drain();
        await Task.WhenAny(_closed.Task, Task.Delay(grace));
        return (_output.Take(), _error.Take());
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private void Settle()
    {
        if (!_output.IsOpen && !_error.IsOpen)
            _closed.TrySetResult();
    }
}
