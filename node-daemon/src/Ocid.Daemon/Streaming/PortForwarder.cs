using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.Daemon.Commands;
using Ocid.Daemon.Cri;
using Ocid.Primitives;

namespace Ocid.Daemon.Streaming;

/// <summary>Listens on local ports and forwards each connection to the pod. A connection that fails is told and ends no other.</summary>
internal sealed class PortForwarder(CriClient client, string podSandboxId, ServerTrust trust, Terminal terminal)
{
    /// <summary>Forwards until the token ends it.</summary>
    /// <exception cref="OcidException">Unavailable: an address cannot be listened at.</exception>
    public async Task RunAsync(IReadOnlyList<IPAddress> addresses, IReadOnlyList<PortMapping> ports, CancellationToken ct)
    {
        var listeners = new List<(TcpListener Listener, int Remote)>();
        try
        {
            foreach (var port in ports)
            {
                foreach (var address in addresses)
                {
                    var listener = Listen(address, port.Local);
                    listeners.Add((listener, port.Remote));
                    terminal.Output.WriteLine($"forwarding from {listener.LocalEndpoint} -> {port.Remote}");
                }
            }

            await Task.WhenAll(listeners.Select(item => AcceptAsync(item.Listener, item.Remote, ct))).ConfigureAwait(false);
        }
        finally
        {
            listeners.ForEach(item => item.Listener.Dispose());
        }
    }

    private static TcpListener Listen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException refused)
        {
            listener.Dispose();
            throw new OcidException(ErrorKind.Unavailable, $"listen on {new IPEndPoint(address, port)}: {refused.Message.ToLowerInvariant()}", refused);
        }
    }

    private async Task AcceptAsync(TcpListener listener, int remote, CancellationToken ct)
    {
        var connections = new HashSet<Task>();
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(ct).ConfigureAwait(false);
                connections.RemoveWhere(connection => connection.IsCompleted);
                connections.Add(ForwardAsync(socket, remote, ct));
            }
        }
        finally
        {
            await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ForwardAsync(Socket socket, int remote, CancellationToken ct)
    {
        using (socket)
        {
            try
            {
                var request = new PortForwardRequest { PodSandboxId = podSandboxId, Port = { remote } };
                var offered = await client.Runtime.PortForwardAsync(request, cancellationToken: ct).ConfigureAwait(false);
                using var pod = await ChannelClient.ConnectAsync(new Uri(offered.Url), trust, ct).ConfigureAwait(false);
                await new ForwardedConnection(socket, pod).RunAsync(ct).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is OcidException or RpcException or IOException or SocketException)
            {
                foreach (var line in Failure.Lines(failure))
                    terminal.Complain(line);
            }
        }
    }
}
