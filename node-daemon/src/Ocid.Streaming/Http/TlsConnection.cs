using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Ocid.Streaming.Http;

/// <summary>TLS between a connection and the web server.</summary>
internal sealed partial class TlsConnection(ServerCertificate certificate, ConnectionDelegate next, ILoggerFactory loggers)
{
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = loggers.CreateLogger<TlsConnection>();

    public async Task ServeAsync(ConnectionContext connection)
    {
        var plain = connection.Transport;
        await using var tls = new SslStream(new DuplexPipeStream(plain), leaveInnerStreamOpen: false);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
            limit.CancelAfter(HandshakeLimit);
            await tls.AuthenticateAsServerAsync(certificate.Options(), limit.Token);
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException or OperationCanceledException)
        {
            LogRefused(connection.RemoteEndPoint, refused.Message);
            return;
        }

        connection.Transport = new StreamDuplexPipe(tls);
        try
        {
            await next(connection);
        }
        finally
        {
            await connection.Transport.Input.CompleteAsync();
            await connection.Transport.Output.CompleteAsync();
            connection.Transport = plain;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "streaming: no TLS with {Client}: {Reason}")]
    private partial void LogRefused(EndPoint? client, string reason);

    private sealed class StreamDuplexPipe(Stream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }
}
