using System.Net.Sockets;
using Grpc.Net.Client;
using Ocid.Cri.V1;
using Ocid.Primitives;

namespace Ocid.Daemon.Cri;

/// <summary>The daemon's two services over its unix socket. Disposed, the connection ends.</summary>
internal sealed class CriClient : IDisposable
{
    private const string Scheme = "unix://";
    private const int LongestMessage = 32 * 1024 * 1024;

    private readonly GrpcChannel _channel;
    private readonly string _path;

    /// <param name="endpoint"><c>unix:///path</c>, or the path alone.</param>
    /// <exception cref="OcidException">InvalidArgument: another scheme.</exception>
    public CriClient(string endpoint)
    {
        _path = endpoint.StartsWith(Scheme, StringComparison.Ordinal) ? endpoint[Scheme.Length..] : endpoint;
        if (!_path.StartsWith('/'))
            throw new OcidException(ErrorKind.InvalidArgument, $"runtime endpoint {Quoted.Text(endpoint)}: want unix:///path");

        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { ConnectCallback = (_, ct) => ConnectAsync(ct) },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = LongestMessage,
        });
        Runtime = new RuntimeService.RuntimeServiceClient(_channel);
        Images = new ImageService.ImageServiceClient(_channel);
    }

    public RuntimeService.RuntimeServiceClient Runtime { get; }

    public ImageService.ImageServiceClient Images { get; }

    public void Dispose() => _channel.Dispose();

    private async ValueTask<Stream> ConnectAsync(CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (!File.Exists(_path))
                throw Unreachable("no such socket", null);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_path), ct).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception failure)
        {
            socket.Dispose();
            if (failure is SocketException)
                throw Unreachable(failure.Message.ToLowerInvariant(), failure);
            throw;
        }
    }

    private OcidException Unreachable(string reason, Exception? inner) =>
        new(ErrorKind.Unavailable, $"cannot reach ocid at {Scheme}{_path}: {reason} (is `ocid serve` running?)", inner);
}
