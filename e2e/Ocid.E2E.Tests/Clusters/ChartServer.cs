using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using k8s;
using Ocid.Cluster.Api;
using Ocid.Cluster.Testing;
using Ocid.E2E.Clusters;
using Ocid.E2E.Tests.Charts;
using Ocid.E2E.Tests.Programs;
using Ocid.Testing;
using Xunit.Abstractions;

namespace Ocid.E2E.Tests.Clusters;

/// <summary>
/// A real kube-apiserver where Helm installs the chart. Operator, agent and hooks are the accounts that the chart makes for them, with what it lets these do and with the arguments
/// that it gives them; the operator and the hooks find the API server as in a pod. The test plays the Job controller and the kubelet for hooks, and the namespace controller.
/// </summary>
internal sealed class ChartServer(ITestOutputHelper output) : IApiServer
{
    private const string PodMonitors = """
        {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: podmonitors.monitoring.coreos.com},
          spec: {group: monitoring.coreos.com, scope: Namespaced, names: {kind: PodMonitor, plural: podmonitors, singular: podmonitor},
            versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]}}
        """;

    // Why an account may do what it did not do in this test.
    private static readonly Dictionary<string, string> NotUsedHere = new()
    {
        ["ocid-operator: get secrets ocid-revisions"] = "two operators stored the same revision at once, or somebody changed it: is it that one?",
        ["ocid-operator: patch events default"] = "what happens again within minutes is counted in the first event",
    };

    private readonly ChartCluster _cluster = new();
    private readonly int _metrics = FreePort.Find();
    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-accounts-").FullName;
    private IReadOnlyList<string> _before = [];

    /// <summary>Why there is none on this machine; null where there is one.</summary>
    public static string? Missing => ChartCluster.Missing ?? (File.Exists(Kubectl) ? null : "needs kubectl in $KUBEBUILDER_ASSETS");

    public IPEndPoint EndPoint => new(IPAddress.Loopback, _cluster.Server.At("").Port);

    public string? Authority => _cluster.Server.Authority;

    public IReadOnlyList<string> AgentArguments => [.. ArgumentsOf(_cluster.Chart.Single("DaemonSet", "ocid-agent")).Skip(1).Where(argument => argument != "--host=/host")];

    private static string Kubectl => Path.Combine(KubeApiServer.Assets ?? "", "kubectl");

    public Kubernetes Connect() => _cluster.Server.Connection;

    public static async Task<ChartServer> StartAsync(ITestOutputHelper output)
    {
        var server = new ChartServer(output);
        await server._cluster.StartAsync();
        return server;
    }

    public async Task InstallAsync(ClusterClient client)
    {
        await _cluster.CreateAsync("api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"ocid-system"}}""");
        var (code, answer) = await _cluster.Server.PostAsync("apis/apiextensions.k8s.io/v1/customresourcedefinitions", PodMonitors);
        code.Should().Be(HttpStatusCode.Created, answer);
        await _cluster.Server.ReadyAsync("apis/monitoring.coreos.com/v1/podmonitors");
        _before = await InventoryAsync();
        await _cluster.InstallAsync(
            "image.registry=registry.example", "agent.metrics.podMonitor.enabled=true", "operator.metrics.podMonitor.enabled=true",
            $"agent.metrics.port={_metrics}", $"operator.metrics.port={FreePort.Find()}", $"operator.probePort={FreePort.Find()}");
        output.WriteLine(_cluster.Installed.Output);
    }

    // Bound to the pod: the API server puts the pod's node into it.
    public async Task<string?> AgentTokenAsync(string node)
    {
        var (_, pod) = await _cluster.AskAsync(HttpMethod.Get, $"api/v1/namespaces/ocid-agent/pods/ocid-agent-{node}");
        return await WriteAsync("agent-token", await _cluster.TokenAsync("ocid-agent", "ocid-agent", pod));
    }

    public async Task<OperatorSetup> OperatorAsync(string folder, int port)
    {
        var deployment = _cluster.Chart.Single("Deployment", "ocid-operator");
        return new OperatorSetup([], [.. ArgumentsOf(deployment).Skip(1)], await AccountAsync((string)deployment["spec"]!["template"]!["spec"]!["serviceAccountName"]!), port);
    }

    public async Task LookAsync(Installation cluster)
    {
        await HelmTestAsync();
        await MetricsAsync();
        (await ColumnsAsync("runtimeconfigs")).Should().Equal("NAME", "PRIORITY", "REVISION", "MATCHED", "UPDATED", "DEGRADED", "READY", "MESSAGE", "AGE");
        (await ColumnsAsync("runtimenodes")).Should().Equal("NAME", "PHASE", "DESIRED", "CURRENT", "RUNTIME", "READY", "AGE");
        (await ColumnsAsync("rtn", "-o", "wide")).Should().Equal("NAME", "PHASE", "DESIRED", "CURRENT", "RUNTIME", "READY", "AGE", "DISRUPTION", "DRIFT");
        await KubectlAsync("wait", "--for=condition=Ready", $"runtimeconfig/{Installation.Config}", "--timeout=10s");
        await Eventually.IsTrueAsync("kubectl describe shows the events", async () => (await KubectlAsync("describe", "runtimeconfig", Installation.Config)).Contains("RolloutCompleted", StringComparison.Ordinal));
        output.WriteLine(await KubectlAsync("describe", "runtimeconfig", Installation.Config));
        output.WriteLine(await KubectlAsync("describe", "runtimenode", Installation.Node));
    }

    public async Task UninstallAsync(Installation cluster)
    {
        var uninstalling = _cluster.HelmAsync("uninstall", "ocid", "--timeout", "5m");
        var job = await AppearsAsync("apis/batch/v1/namespaces/ocid-system/jobs/ocid-release");
        var released = await RunAsync(job["spec"]!["template"]!["spec"]!);
        (released.ExitCode, released.Output).Should().Be((0, "released 1 node\n"), released.Error);
        // Deleted pods end; what they may do goes with them.
        await cluster.StopOperatorAsync();
        await cluster.KillAgentAsync();
        await CompleteAsync();
        var uninstalled = await uninstalling;
        uninstalled.ExitCode.Should().Be(0, uninstalled.Error);
        output.WriteLine(uninstalled.Output + uninstalled.Error);

        foreach (var space in new[] { "ocid-agent", "ocid-revisions" })
            await PurgeAsync(space);
        var after = await InventoryAsync();
        _before.Except(after).Should().BeEmpty();
        after.Except(_before).Should().BeEquivalentTo($"Node /{Installation.Node}", "Secret ocid-system/pull");
        Rights();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // Nobody was refused, and nobody may do what nobody did.
    private void Rights()
    {
        var unused = new List<string>();
        foreach (var (space, account) in new[] { ("ocid-system", "ocid-operator"), ("ocid-agent", "ocid-agent"), ("ocid-system", "ocid-release"), ("ocid-system", "ocid-test") })
        {
            var asked = _cluster.AskedBy(space, account);
            asked.Where(request => request.Code == 403).Should().BeEmpty($"{account} may do what it does");
            var did = asked.Select(request => $"{request.Verb} {request.Resource} {request.Namespace}".TrimEnd()).ToHashSet(StringComparer.Ordinal);
            did.Should().NotBeEmpty(account);
            unused.AddRange(_cluster.Chart.GrantedTo(space, account).Where(right => !did.Contains(right)).Select(right => $"{account}: {right}"));
        }

        output.WriteLine("rights that were not used: " + string.Join("; ", unused.Select(right => $"{right} ({NotUsedHere.GetValueOrDefault(right, "why?")})")));
        unused.Should().BeSubsetOf(NotUsedHere.Keys);
    }

    private async Task HelmTestAsync()
    {
        var testing = _cluster.HelmAsync("test", "ocid", "--timeout", "2m");
        var pod = await AppearsAsync("api/v1/namespaces/ocid-system/pods/ocid-test");
        var result = await RunAsync(pod["spec"]!);
        result.ExitCode.Should().Be(0, result.Error);
        output.WriteLine(result.Output);
        result.Output.Should().MatchRegex("^.+ leads; RuntimeConfigs: 1, RuntimeNodes: 1\n$");
        await PatchAsync("api/v1/namespaces/ocid-system/pods/ocid-test", """{"phase":"Succeeded"}""");
        var tested = await testing;
        tested.ExitCode.Should().Be(0, tested.Error);
        tested.Output.Should().MatchRegex("TEST SUITE: +ocid-test").And.MatchRegex("Phase: +Succeeded");
    }

    // As Prometheus asks with the token of the chart's account; the agent has it reviewed.
    private async Task MetricsAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.Subject == "CN=ocid-agent" } });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _cluster.TokenAsync("ocid-agent", "ocid-metrics-reader"));
        (await http.GetStringAsync(new Uri($"https://127.0.0.1:{_metrics}/metrics"))).Should().Contain("ocid_operations_total");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _cluster.TokenAsync("ocid-agent", "ocid-agent"));
        (await http.GetAsync(new Uri($"https://127.0.0.1:{_metrics}/metrics"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    // The container of a pod, as its account.
    private async Task<ToolResult> RunAsync(JsonNode pod)
    {
        string[] arguments = [.. pod["containers"]!.AsArray().Single()!["args"]!.AsArray().Select(argument => (string)argument!)];
        return await OperatorProcess.RunAsync(new OperatorSetup([], [], await AccountAsync((string)pod["serviceAccountName"]!), EndPoint.Port), arguments[0], arguments[1..]);
    }

    // What a pod has at /var/run/secrets/kubernetes.io/serviceaccount.
    private async Task<string> AccountAsync(string account)
    {
        await WriteAsync($"{account}/token", await _cluster.TokenAsync("ocid-system", account));
        await WriteAsync($"{account}/ca.crt", await File.ReadAllTextAsync(Authority!));
        await WriteAsync($"{account}/namespace", "ocid-system");
        return Path.Combine(_folder, account);
    }

    private async Task<string> WriteAsync(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    private async Task<JsonObject> AppearsAsync(string path) =>
        (await Eventually.GetAsync(path, () => _cluster.AskAsync(HttpMethod.Get, path), answer => answer.Code == HttpStatusCode.OK)).Answer;

    private async Task PatchAsync(string path, string status)
    {
        var (code, answer) = await _cluster.AskAsync(HttpMethod.Patch, $"{path}/status", new JsonObject { ["status"] = JsonNode.Parse(status) });
        code.Should().Be(HttpStatusCode.OK, answer.ToJsonString());
    }

    private Task CompleteAsync()
    {
        var now = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return PatchAsync("apis/batch/v1/namespaces/ocid-system/jobs/ocid-release", $$$"""
            {"startTime":"{{{now}}}","completionTime":"{{{now}}}","succeeded":1,"conditions":[
                {"type":"SuccessCriteriaMet","status":"True","lastProbeTime":"{{{now}}}","lastTransitionTime":"{{{now}}}"},
                {"type":"Complete","status":"True","lastProbeTime":"{{{now}}}","lastTransitionTime":"{{{now}}}"}]}
            """);
    }

    // The kubelet ends the agent's pod; the namespace controller lets go of a namespace that is empty then.
    private async Task PurgeAsync(string space)
    {
        var (_, pods) = await _cluster.AskAsync(HttpMethod.Get, $"api/v1/namespaces/{space}/pods");
        foreach (var pod in pods["items"]!.AsArray())
            await _cluster.AskAsync(HttpMethod.Delete, $"api/v1/namespaces/{space}/pods/{pod!["metadata"]!["name"]}?gracePeriodSeconds=0");
        (await InventoryAsync()).Where(item => item.Contains($" {space}/", StringComparison.Ordinal)).Should().BeEmpty();
        var (_, terminating) = await _cluster.AskAsync(HttpMethod.Get, $"api/v1/namespaces/{space}");
        terminating["metadata"]!.AsObject().Should().ContainKey("deletionTimestamp");
        terminating["spec"]!["finalizers"] = new JsonArray();
        (await _cluster.AskAsync(HttpMethod.Put, $"api/v1/namespaces/{space}/finalize", terminating)).Code.Should().Be(HttpStatusCode.OK);
    }

    // Everything that the API server lists, but for events, and for the definitions that stay and what is of their group.
    private async Task<IReadOnlyList<string>> InventoryAsync()
    {
        var resources = (await KubectlAsync("api-resources", "--verbs=list", "-o", "name")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(name => !name.StartsWith("events", StringComparison.Ordinal) && !name.EndsWith("ocid.dev", StringComparison.Ordinal));
        var items = await KubectlAsync("get", string.Join(',', resources), "-A", "-o", """jsonpath={range .items[*]}{.kind}{" "}{.metadata.namespace}{"/"}{.metadata.name}{"\n"}{end}""");
        return [.. items.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(item => !item.EndsWith("ocid.dev", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private async Task<string[]> ColumnsAsync(params string[] arguments)
    {
        var table = await KubectlAsync(["get", .. arguments]);
        output.WriteLine(table);
        return table.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private Task<string> KubectlAsync(params string[] arguments) => Tool.RunInAsync("/", Kubectl, [.. arguments, "--kubeconfig", _cluster.Kubeconfig, "--cache-dir", Path.Combine(_folder, "kubectl")]);

    private static IReadOnlyList<string> ArgumentsOf(JsonNode workload) =>
        [.. workload["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Single()!["args"]!.AsArray().Select(argument => (string)argument!)];
}
