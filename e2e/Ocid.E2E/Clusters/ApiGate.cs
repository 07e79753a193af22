using System.Net;
using System.Net.Sockets;

namespace Ocid.E2E.Clusters;

/// <summary>A door before an API server: closed, it takes no connection and cuts those that are there, as a network does that fails.</summary>
public sealed class ApiGate : IAsyncDisposable
{
    private readonly IPEndPoint _server;
    private readonly List<Task> _relays = [];
    private CancellationTokenSource _open = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    public ApiGate(IPEndPoint server, int port) => (_server, Port) = (server, port);

    /// <summary>Where it listens, on loopback.</summary>
    public int Port { get; }

    public void Open()
    {
        _open = new CancellationTokenSource();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync(_listener, _open.Token);
    }

    public async Task CloseAsync()
    {
        await _open.CancelAsync();
        _listener?.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_relays).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _relays.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _open.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken ct)
    {
        while (true)
            _relays.Add(RelayAsync(await listener.AcceptTcpClientAsync(ct), ct));
    }

    private async Task RelayAsync(TcpClient client, CancellationToken ct)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(_server, ct);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(CopyAsync(client, server, over.Token), CopyAsync(server, client, over.Token));
            await over.CancelAsync();
        }
    }

    private static Task CopyAsync(TcpClient from, TcpClient to, CancellationToken ct) => from.GetStream().CopyToAsync(to.GetStream(), ct);
}
