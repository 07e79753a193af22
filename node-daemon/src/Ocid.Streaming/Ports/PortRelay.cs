using System.Net.Sockets;
using System.Text;
using Ocid.Primitives;

namespace Ocid.Streaming.Ports;

/// <summary>One forwarded connection: a pair of channels, for its data and for why it failed.</summary>
internal sealed class PortRelay(IStreamingHost host, string podSandboxId)
{
    private const int BufferSize = 32 * 1024;

    /// <summary>Connects and copies until both sides have said that nothing more comes, or one is gone. Does not fail but by cancellation.</summary>
    public async Task RunAsync(int port, ByteChannel data, ByteChannel error, CancellationToken ct)
    {
        error.DiscardInput();
        try
        {
            using var socket = await host.DialAsync(podSandboxId, port, ct);
            await CopyAsync(socket, data, ct);
            await error.CompleteAsync(ct);
        }
        catch (OcidException failure)
        {
            await RefuseAsync(data, error, $"error forwarding port {port} to pod {podSandboxId}, uid : {failure.Message}", ct);
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            // The client or the program in the pod broke off; the other is told, and neither needs an explanation.
            await TellBrokenAsync(data, error, ct);
        }
    }

    /// <summary>Tells the client why there is no connection.</summary>
    public static async Task RefuseAsync(ByteChannel? data, ByteChannel? error, string message, CancellationToken ct)
    {
        try
        {
            if (error is not null)
            {
                await error.WriteAsync(Encoding.UTF8.GetBytes(message), ct);
                await error.CompleteAsync(ct);
            }

            if (data is not null)
                await data.ResetAsync(ct);
        }
        catch (IOException)
        {
            // It has gone.
        }
    }

    private static async Task TellBrokenAsync(ByteChannel data, ByteChannel error, CancellationToken ct)
    {
        try
        {
            await data.ResetAsync(ct);
            await error.CompleteAsync(ct);
        }
        catch (IOException)
        {
            // It has gone.
        }
    }

    private static async Task CopyAsync(Socket socket, ByteChannel data, CancellationToken ct)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ways = new[] { UpAsync(socket, data, broken.Token), DownAsync(socket, data, broken.Token) };
        try
        {
            await await Task.WhenAny(ways);
            await Task.WhenAll(ways);
        }
        finally
        {
            await broken.CancelAsync();
            await Task.WhenAll(ways).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task UpAsync(Socket socket, ByteChannel data, CancellationToken ct)
    {
        var buffer = new byte[BufferSize];
        while (await data.ReadAsync(buffer, ct) is > 0 and var count)
        {
            for (var sent = 0; sent < count;)
                sent += await socket.SendAsync(buffer.AsMemory(sent, count - sent), ct);
        }

        socket.Shutdown(SocketShutdown.Send);
    }

    private static async Task DownAsync(Socket socket, ByteChannel data, CancellationToken ct)
    {
        var buffer = new byte[BufferSize];
        while (await socket.ReceiveAsync(buffer.AsMemory(), ct) is > 0 and var count)
            await data.WriteAsync(buffer.AsMemory(0, count), ct);
        await data.CompleteAsync(ct);
    }
}
