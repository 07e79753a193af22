using System.Net.WebSockets;
using Ocid.Streaming.WebSockets;

namespace Ocid.Streaming.Commands;

/// <summary>The channels of a command in a WebSocket, by their numbers.</summary>
internal static class WebSocketCommandChannels
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Error = 2;
    private const int Status = 3;
    private const int Resize = 4;
    private const int Count = 5;
    private const int FirstWithJson = 4;

    /// <summary>All five, of which the client uses what it has asked for.</summary>
    public static WebSocketChannels Over(WebSocket socket, ChannelProtocol protocol) => new(socket, protocol, Count, tellsEnds: false);

    /// <summary>Takes those that were asked for into use, and sends the empty message by which clients know that the connection stands.</summary>
    public static async Task<CommandChannels> OpenAsync(WebSocketChannels channels, ChannelProtocol protocol, StdioShape stdio, CancellationToken ct)
    {
        if (!stdio.Input)
            channels[Input].DiscardInput();
        if (!stdio.Terminal)
            channels[Resize].DiscardInput();
        foreach (var unread in (int[])[Output, Error, Status])
            channels[unread].DiscardInput();
        await channels[stdio.Output ? Output : stdio.Error ? Error : Status].WriteAsync(ReadOnlyMemory<byte>.Empty, ct);
        return new CommandChannels
        {
            Input = stdio.Input ? channels[Input] : null,
            Output = stdio.Output ? channels[Output] : null,
            Error = stdio.Error ? channels[Error] : null,
            Resize = stdio.Terminal ? channels[Resize] : null,
            Status = channels[Status],
            JsonStatus = protocol.Version >= FirstWithJson,
        };
    }
}
