using System.Threading.Channels;
using Ocid.Primitives;
using Ocid.Streaming.Spdy;

namespace Ocid.Streaming.Commands;

/// <summary>The streams that a client opens for a command: each says in its header <c>streamType</c> what it is for.</summary>
internal sealed class SpdyCommandStreams
{
    private const string Header = "streamType";
    private const int FirstWithResize = 3;
    private const int FirstWithJson = 4;

    private readonly int _version;
    private readonly HashSet<string> _missing;
    private readonly int _count;

    /// <param name="stdio">What the client has asked for.</param>
    /// <param name="version">The version of the protocol, 1 to 4.</param>
    public SpdyCommandStreams(StdioShape stdio, int version)
    {
        _version = version;
        _missing = ["error"];
        Want(stdio.Input, "stdin");
        Want(stdio.Output, "stdout");
        Want(stdio.Error, "stderr");
        Want(stdio.Terminal && version >= FirstWithResize, "resize");
        _count = _missing.Count;
    }

    /// <summary>Whether a stream is one of those, and the first of its type.</summary>
    public bool Accepts(IReadOnlyDictionary<string, string> headers) => headers.TryGetValue(Header, out var type) && _missing.Remove(type);

    /// <summary>Waits until all are there.</summary>
    /// <exception cref="OcidException">DeadlineExceeded: they are not after the limit. Aborted: the client went.</exception>
    public async Task<CommandChannels> CollectAsync(SpdyConnection connection, TimeSpan limit, TimeProvider time, CancellationToken ct)
    {
        var streams = new Dictionary<string, SpdyStream>();
        using var patience = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            while (streams.Count < _count)
            {
                var stream = await connection.Opened.ReadAsync(either.Token);
                streams.Add(stream.Headers[Header], stream);
            }
        }
        catch (ChannelClosedException)
        {
            throw new OcidException(ErrorKind.Aborted, $"the client has left after opening {streams.Count} of {_count} streams");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new OcidException(ErrorKind.DeadlineExceeded, $"the client has opened {streams.Count} of {_count} streams after {limit.TotalSeconds:0} s");
        }

        return new CommandChannels
        {
            Input = streams.GetValueOrDefault("stdin"),
            Output = streams.GetValueOrDefault("stdout"),
            Error = streams.GetValueOrDefault("stderr"),
            Resize = streams.GetValueOrDefault("resize"),
            Status = streams["error"],
            JsonStatus = _version >= FirstWithJson,
        };
    }

    private void Want(bool wanted, string type)
    {
        if (wanted)
            _missing.Add(type);
    }
}
