using System.Net.Sockets;
using System.Text;
using Ocid.Primitives;

namespace Ocid.Daemon.Streaming;

/// <summary>One connection to a local port, and its counterpart in a pod.</summary>
internal sealed class ForwardedConnection(Socket local, ChannelClient pod)
{
    private const byte Data = 0;
    private const byte Error = 1;
    private const int PortSize = 2;

    private readonly List<byte> _error = [];
    private int _portLeft = PortSize;
    private int _errorPortLeft = PortSize;

    /// <summary>Copies both ways until both sides have ended.</summary>
    /// <exception cref="OcidException">Unavailable: there is no connection in the pod; the message says why.</exception>
    /// <exception cref="IOException">A connection was lost.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var up = SendAsync(over.Token);
        try
        {
            await pod.ReceiveAllAsync((channel, piece) => ReceiveAsync(channel, piece, ct), ct).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await up.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_error.Count > 0)
            throw new OcidException(ErrorKind.Unavailable, Encoding.UTF8.GetString([.. _error]));
    }

    private async Task SendAsync(CancellationToken ct)
    {
        var buffer = new byte[32 * 1024];
        while (await local.ReceiveAsync(buffer.AsMemory(), ct).ConfigureAwait(false) is > 0 and var count)
            await pod.SendAsync(Data, buffer.AsMemory(0, count), ct).ConfigureAwait(false);
        await pod.SendEndAsync(Data, ct).ConfigureAwait(false);
    }

    // Each channel begins with its port.
    private async Task ReceiveAsync(byte channel, ReadOnlyMemory<byte> piece, CancellationToken ct)
    {
        if (channel == Error)
        {
            _error.AddRange(Skip(ref _errorPortLeft, piece).Span);
        }
        else if (channel == Data && piece.IsEmpty)
        {
            local.Shutdown(SocketShutdown.Send);
        }
        else if (channel == Data)
        {
            for (piece = Skip(ref _portLeft, piece); piece.Length > 0;)
                piece = piece[await local.SendAsync(piece, ct).ConfigureAwait(false)..];
        }
    }

    private static ReadOnlyMemory<byte> Skip(ref int left, ReadOnlyMemory<byte> piece)
    {
        var count = Math.Min(left, piece.Length);
        left -= count;
        return piece[count..];
    }
}
