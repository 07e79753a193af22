using System.Net;
using Microsoft.Extensions.Logging;
using Ocid.Primitives;
using Ocid.Streaming.Http;

namespace Ocid.Streaming;

/// <summary>
/// Gives out URLs at which a client, most often the kubelet for its own, runs a command, attaches or forwards ports. It listens from the first URL on:
/// a node on which nobody looks pays nothing.
/// </summary>
public sealed class StreamingServer : IAsyncDisposable
{
    private readonly StreamingOptions _options;
    private readonly OfferBook _offers;
    private readonly StreamingEndpoint _endpoint;
    private readonly ServerCertificate? _certificate;
    private readonly ILoggerFactory _loggers;
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private WebListener? _listener;

    /// <param name="options">Where to listen, and how long to wait.</param>
    /// <param name="host">What is behind the URLs.</param>
    /// <param name="loggers">Makes loggers; one line is logged when a connection has ended.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="OcidException">InvalidArgument: a file of TLS cannot be read.</exception>
    public StreamingServer(StreamingOptions options, IStreamingHost host, ILoggerFactory loggers, TimeProvider? time = null)
    {
        _options = options;
        _loggers = loggers;
        _offers = new OfferBook(options.OfferLifetime, time ?? TimeProvider.System);
        var logger = loggers.CreateLogger<StreamingServer>();
        _endpoint = new StreamingEndpoint(_offers, host, options, time ?? TimeProvider.System, logger);
        _certificate = options.Tls is { } tls ? new ServerCertificate(tls, "streaming", logger) : null;
    }

    /// <summary>A URL at which the offer can be taken up once, by whoever knows it.</summary>
    /// <exception cref="OcidException">InvalidArgument: streams that no process has. ResourceExhausted: too many URLs are unused. Unavailable: the address cannot be listened at.</exception>
    public async Task<Uri> OfferAsync(StreamingOffer offer, CancellationToken ct)
    {
        if (offer is CommandOffer command)
            command.Stdio.Check();
        var endpoint = (await ListenAsync(ct)).Endpoint;
        // A client on this host comes by loopback where the server listens everywhere.
        var address = endpoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : endpoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : endpoint.Address;
        return new UriBuilder(_certificate is null ? "http" : "https", address.ToString(), endpoint.Port, $"/{offer.Verb}/{_offers.Add(offer)}").Uri;
    }

    /// <summary>Cuts every connection and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_listener is not null)
            await _listener.DisposeAsync();
        _stopping.Dispose();
        _starting.Dispose();
    }

    private async Task<WebListener> ListenAsync(CancellationToken ct)
    {
        if (_listener is { } running)
            return running;
        await _starting.WaitAsync(ct);
        try
        {
            return _listener ??= await WebListener.StartAsync(_options.Endpoint, _certificate, new StreamingApplication(_endpoint, _stopping.Token), _loggers, ct);
        }
        finally
        {
            _starting.Release();
        }
    }
}
