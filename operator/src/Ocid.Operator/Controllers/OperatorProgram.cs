using k8s;
using Microsoft.Extensions.Logging;
using Ocid.Cluster.Api;
using Ocid.Cluster.Elections;
using Ocid.Cluster.Events;
using Ocid.Cluster.Metrics;
using Ocid.Operator.Commands;
using Ocid.Operator.Serving;

namespace Ocid.Operator.Controllers;

/// <summary>The operator as a whole: caches that follow the API server always, the controller while this process leads, metrics and probes.</summary>
internal sealed class OperatorProgram : IAsyncDisposable
{
    private const string Name = "ocid-operator";
    private const string Reporter = "ocid.dev/operator";

    private readonly ClusterClient _client;
    private readonly ClusterCaches _caches;
    private readonly ClusterScope _scope;
    private readonly OperatorProgramOptions _options;
    private readonly ClusterMetrics _metrics;
    private readonly ProbeServer? _server;
    private readonly EventRecorder _recorder;

    private readonly string _identity = Election.NewIdentity();
    private readonly ILogger _log;

    public OperatorProgram(Kubernetes connection, ClusterScope scope, OperatorProgramOptions options, ILoggerFactory loggers)
    {
        var registry = Prometheus.Metrics.NewCustomRegistry();
        (_scope, _options, _log) = (scope, options, loggers.CreateLogger(Name));
        _metrics = new ClusterMetrics(registry);
        _client = new ClusterClient(connection, TimeProvider.System, _metrics);
        _recorder = new EventRecorder(_client, Reporter, _identity, TimeProvider.System, _log);
        _caches = new ClusterCaches(_client, scope, TimeProvider.System, _log);
        _server = options.Metrics is null && options.Probes is null ? null : new ProbeServer(options.Metrics, options.Probes, registry, WhyNotReady, loggers);
    }

    /// <summary>Runs until it is cancelled, and then gives the lead back.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (_server is not null)
            await _server.StartAsync(ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task[] parts = [_caches.RunAsync(stop.Token), _recorder.RunAsync(stop.Token), LeadOrWaitAsync(stop.Token)];
        try
        {
            // None ends by itself: whichever does has failed.
            await await Task.WhenAny(parts);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Asked to.
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private Task LeadOrWaitAsync(CancellationToken ct)
    {
        if (!_options.IsElected)
            return LeadAsync(ct);
        return new Election(_client, new Key(_scope.Namespace, Name), _identity, TimeProvider.System, _log, _metrics).RunAsync(LeadAsync, ct);
    }

    private Task LeadAsync(CancellationToken ct)
    {
        var writes = new ClusterWrites(_client, _caches, _scope, new FleetEvents(_recorder), FailPoint.Reached);
        return new FleetController(_client, _caches, writes, ClusterOptions.Renderer, _options.Fleet, TimeProvider.System, _metrics, _log).RunAsync(ct);
    }

    private string? WhyNotReady() => !_caches.Synced.IsCompletedSuccessfully ? $"not everything is known yet{(_caches.Trouble is { } trouble ? $": {trouble}" : "")}" : null;
}
