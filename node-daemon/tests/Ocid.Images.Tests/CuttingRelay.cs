using System.Net;
using System.Net.Sockets;

namespace Ocid.Images.Tests;

/// <summary>Stands between a client and a server, and cuts the first connections after so many bytes from the client.</summary>
internal sealed class CuttingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly int _after;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _loop;
    private int _cuts;

    public CuttingRelay(int targetPort, int after, int cuts)
    {
        (_target, _after, _cuts) = (targetPort, after, cuts);
        _listener.Start();
        _loop = ServeAsync();
    }

    public string Host => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        // A client may keep an idle connection for its next request.
        await _ending.CancelAsync();
        await _loop;
        _ending.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(RelayAsync(await _listener.AcceptTcpClientAsync()));
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
        await server.ConnectAsync(IPAddress.Loopback, _target);
        await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream(), _after), CopyAsync(server.GetStream(), client.GetStream(), int.MaxValue));
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, long left)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _ending.Token) is var length and > 0)
            {
                left -= length;
                if (left < 0 && Interlocked.Decrement(ref _cuts) >= 0)
                    return;
                await to.WriteAsync(buffer.AsMemory(0, length), _ending.Token);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // one side is gone
        }
    }
}
