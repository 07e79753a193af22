using System.Net;
using System.Net.Sockets;

namespace Ocid.Testing;

/// <summary>Stands on loopback before a server: lets so many bytes a second through to its clients, and counts them.</summary>
public sealed class PacedRelay : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int target;
    private readonly CancellationTokenSource ending = new();
    private readonly Task loop;
    private long passed;

    /// <param name="targetPort">The server's port on loopback.</param>
    public PacedRelay(int targetPort)
    {
        target = targetPort;
        listener.Start();
        loop = ServeAsync();
    }

    /// <summary><c>127.0.0.1:port</c>, in place of the server's.</summary>
    public string Host => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Bytes a second for each connection; as many as there are without.</summary>
    public int? Pace { get; set; }

    /// <summary>The bytes that clients were sent, heads included.</summary>
    public long Passed => Interlocked.Read(ref passed);

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        // A client may keep an idle connection for its next request.
        await ending.CancelAsync();
        await loop;
        ending.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(RelayAsync(await listener.AcceptTcpClientAsync()));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task RelayAsync(TcpClient accepted)
    {
        using var client = accepted;
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, target);
        await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream(), isAnswer: false), CopyAsync(server.GetStream(), client.GetStream(), isAnswer: true));
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool isAnswer)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var pace = isAnswer ? Pace : null;
                var length = await from.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, pace / 20 ?? buffer.Length)), ending.Token);
                if (length == 0)
                    return;
                await to.WriteAsync(buffer.AsMemory(0, length), ending.Token);
                if (!isAnswer)
                    continue;
                Interlocked.Add(ref passed, length);
                if (pace is not null)
                    await Task.Delay(Tick, ending.Token);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // one side is gone
        }
    }
}
