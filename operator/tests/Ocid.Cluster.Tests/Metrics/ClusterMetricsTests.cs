using System.Text;
using Microsoft.Extensions.Time.Testing;
using Ocid.Cluster.Metrics;
using Ocid.Cluster.Queues;

namespace Ocid.Cluster.Tests.Metrics;

/// <summary>What dashboards made for controller-runtime ask for.</summary>
public sealed class ClusterMetricsTests
{
    private readonly Prometheus.CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_backlog_shows_how_long_it_is_and_how_long_its_keys_wait_and_take()
    {
        using var backlog = new Backlog<string>(_time, BackOff.Default, new ClusterMetrics(_registry).Queue("fleet"));
        backlog.Add("a");
        backlog.Add("a");
        backlog.Add("b");
        _time.Advance(TimeSpan.FromSeconds(2));
        (await backlog.TakeAsync(default)).Should().Be("a");
        _time.Advance(TimeSpan.FromSeconds(3));
        backlog.Failed("a");

        (await TextAsync()).Should()
            .Contain("workqueue_depth{name=\"fleet\"} 1\n")
            .And.Contain("workqueue_adds_total{name=\"fleet\"} 2\n")
            .And.Contain("workqueue_retries_total{name=\"fleet\"} 1\n")
            .And.Contain("workqueue_queue_duration_seconds_sum{name=\"fleet\"} 2\n")
            .And.Contain("workqueue_work_duration_seconds_sum{name=\"fleet\"} 3\n");
    }

    [Fact]
    public async Task A_controller_shows_how_its_looks_ended()
    {
        var metrics = new ClusterMetrics(_registry).Reconciles("fleet");
        metrics.Succeeded(TimeSpan.FromSeconds(1));
        metrics.Failed(TimeSpan.FromSeconds(2));

        (await TextAsync()).Should()
            .Contain("controller_runtime_reconcile_total{controller=\"fleet\",result=\"success\"} 1\n")
            .And.Contain("controller_runtime_reconcile_total{controller=\"fleet\",result=\"error\"} 1\n")
            .And.Contain("controller_runtime_reconcile_total{controller=\"fleet\",result=\"requeue_after\"} 0\n")
            .And.Contain("controller_runtime_reconcile_errors_total{controller=\"fleet\"} 1\n")
            .And.Contain("controller_runtime_reconcile_time_seconds_sum{controller=\"fleet\"} 3\n");
    }

    private async Task<string> TextAsync()
    {
        using var text = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(text);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
