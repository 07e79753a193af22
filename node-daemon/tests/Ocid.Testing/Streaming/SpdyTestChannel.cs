using System.IO.Pipelines;
using System.Text;

namespace Ocid.Testing.Streaming;

/// <summary>A stream that a <see cref="SpdyTestClient"/> has opened.</summary>
public sealed class SpdyTestChannel
{
    private readonly SpdyTestClient _client;
    private readonly uint _id;
    private readonly Pipe _received = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _ended;

    internal SpdyTestChannel(SpdyTestClient client, uint id)
    {
        _client = client;
        _id = id;
    }

    internal Task Answered => _answered.Task;

    /// <summary>What the server sends; fails when the stream was reset.</summary>
    public Stream Input => _received.Reader.AsStream();

    /// <summary>Sends bytes, and that nothing more comes.</summary>
    public Task SendAsync(ReadOnlyMemory<byte> bytes, bool fin = false) => _client.SendDataAsync(_id, bytes, fin);

    /// <summary>Sends text.</summary>
    public Task SendAsync(string text, bool fin = false) => SendAsync(Encoding.UTF8.GetBytes(text), fin);

    /// <summary>Says that nothing more comes.</summary>
    public Task FinishAsync() => SendAsync(ReadOnlyMemory<byte>.Empty, fin: true);

    /// <summary>Gives the stream up.</summary>
    public Task ResetAsync() => _client.SendResetAsync(_id);

    /// <summary>Everything that the server sends, to its end.</summary>
    public async Task<string> ReadTextAsync()
    {
        using var reader = new StreamReader(Input);
        return await reader.ReadToEndAsync();
    }

    internal void Answer() => _answered.TrySetResult();

    internal void Add(byte[] bytes, bool isLast)
    {
        if (_ended == 0)
            _received.Writer.AsStream(leaveOpen: true).Write(bytes);
        if (isLast)
            End(null);
    }

    internal void End(Exception? reason)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        _received.Writer.Complete(reason);
        if (reason is null)
            _answered.TrySetResult();
        else
            _answered.TrySetException(reason);
    }
}
