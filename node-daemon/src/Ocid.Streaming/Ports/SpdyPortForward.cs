using System.Globalization;
using Ocid.Streaming.Spdy;

namespace Ocid.Streaming.Ports;

/// <summary>
/// Port forwarding over SPDY: each connection is a pair of streams, <c>data</c> and <c>error</c>, with the same <c>requestID</c> and <c>port</c>.
/// </summary>
internal sealed class SpdyPortForward(PortRelay relay, TimeSpan creationTimeout, TimeProvider time)
{
    private const string TypeHeader = "streamType";
    private const string PortHeader = "port";
    private const string RequestHeader = "requestID";
    private const string Data = "data";
    private const string Error = "error";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, StreamPair> _incomplete = [];

    /// <summary>Whether a stream says what it is for and to which port it belongs.</summary>
    public static bool Accepts(IReadOnlyDictionary<string, string> headers) =>
        headers.GetValueOrDefault(TypeHeader) is Data or Error && PortOf(headers) is not null;

    /// <summary>Forwards until the client leaves.</summary>
    public async Task RunAsync(SpdyConnection connection, CancellationToken ct)
    {
        var connections = new TaskGroup();
        try
        {
            await foreach (var stream in connection.Opened.ReadAllAsync(ct))
            {
                if (Join(stream, out var begun) is null)
                    await stream.ResetAsync(ct); // the second of its type in the pair
                else if (begun is not null)
                    connections.Run(() => ForwardAsync(begun, ct));
            }
        }
        finally
        {
            await connections.WhenAllAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ForwardAsync(StreamPair pair, CancellationToken ct)
    {
        try
        {
            await pair.Complete.WaitAsync(creationTimeout, time, ct);
        }
        catch (TimeoutException)
        {
            await PortRelay.RefuseAsync(pair.Data, pair.Error, $"the other stream of request {pair.Request} has not come after {creationTimeout.TotalSeconds:0} s", ct);
            return;
        }
        finally
        {
            lock (_gate)
                _incomplete.Remove(pair.Request);
        }

        await relay.RunAsync(PortOf(pair.Data!.Headers)!.Value, pair.Data, pair.Error!, ct);
    }

    // The pair of a stream, null when it has such a stream already; and the pair again when the stream is the first of it.
    private StreamPair? Join(SpdyStream stream, out StreamPair? begun)
    {
        begun = null;
        var request = RequestOf(stream);
        lock (_gate)
        {
            if (!_incomplete.TryGetValue(request, out var pair))
                _incomplete.Add(request, begun = pair = new StreamPair(request));
            return pair.Add(stream, stream.Headers[TypeHeader] == Data) ? pair : null;
        }
    }

    // Clients from before the header open the error stream, then the data stream: https://github.com/kubernetes/kubernetes/pull/13263.
    private static string RequestOf(SpdyStream stream) => stream.Headers.GetValueOrDefault(RequestHeader) is { Length: > 0 } named
        ? named
        : $"{stream.Id - (stream.Headers[TypeHeader] == Data ? 2 : 0)}";

    private static int? PortOf(IReadOnlyDictionary<string, string> headers) =>
        ushort.TryParse(headers.GetValueOrDefault(PortHeader), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port : null;
}
