using System.Globalization;
using System.Net;
using Prometheus;

namespace Ocid.Cluster.Metrics;

/// <summary>What operators are watched by, under controller-runtime's names.</summary>
/// <param name="registry">Where they are exposed.</param>
/// <remarks>https://book.kubebuilder.io/reference/metrics-reference</remarks>
public sealed class ClusterMetrics(CollectorRegistry registry)
{
    private readonly MetricFactory _factory = Prometheus.Metrics.WithCustomRegistry(registry);
    private readonly Counter _requests = Prometheus.Metrics.WithCustomRegistry(registry)
        .CreateCounter("rest_client_requests_total", "Number of HTTP requests, partitioned by status code, method, and host.", "code", "method", "host");
    private readonly Gauge _leading = Prometheus.Metrics.WithCustomRegistry(registry)
        .CreateGauge("leader_election_master_status", "Gauge of if the reporting system is master of the relevant lease, 0 indicates backup, 1 indicates master.", "name");

    /// <summary>The metrics of a backlog.</summary>
    public QueueMetrics Queue(string name) => new(_factory, name);

    /// <summary>The metrics of a controller.</summary>
    public ReconcileMetrics Reconciles(string controller) => new(_factory, controller);

    internal void Requested(HttpMethod method, Uri address, HttpStatusCode? code) =>
        _requests.WithLabels(code is { } answered ? ((int)answered).ToString(CultureInfo.InvariantCulture) : "<error>", method.Method, address.Authority).Inc();

    internal void Leads(string lease, bool isLeader) => _leading.WithLabels(lease).Set(isLeader ? 1 : 0);
}
