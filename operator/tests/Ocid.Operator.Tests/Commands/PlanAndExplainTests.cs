using System.Text;
using System.Text.RegularExpressions;
using Ocid.Operator.Manifests;
using Ocid.Operator.Planning;
using Ocid.Operator.Rendering;
using Ocid.Revisions;

namespace Ocid.Operator.Tests.Commands;

public sealed partial class PlanAndExplainTests
{
    private static readonly string Cluster = Path.Combine(CommandLine.Folder(), "cluster.yaml");
    private static readonly string Change = Path.Combine(CommandLine.Folder(), "change.yaml");

    // What a node of the cluster is to have, as its RuntimeNode and the revision's Secret say it has.
    private static string Having(string node)
    {
        var reader = new ClusterReader("ocid-system");
        reader.Read("cluster", new StringReader(File.ReadAllText(Cluster)));
        var target = FleetOutlook.Of(reader.Finish([]), new Renderer("0.1.0")).Nodes.Single(other => other.Node.Snapshot.Name == node).Target!;
        var data = string.Concat(target.ToData().Select(item => $"\n  {item.Key}: {Convert.ToBase64String(item.Value)}"));
        return $"""
            apiVersion: ocid.dev/v1alpha1
            kind: RuntimeNode
            metadata: {Named(node)}
            spec: {Member("desiredRevision", target.Hash.Value)}
            status: {Member("currentRevision", $"{target.Hash}, phase: Updated")}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {Named(RevisionSecret.NameOf(target.Hash))}
            type: {RevisionSecret.Type}
            data:{data}

            """;
    }

    private static string Named(string name) => Member("name", name);

    private static string Member(string name, string value) => $"{{{name}: {value}}}";

    [Fact]
    public async Task Explain_shows_who_set_what_and_no_secret()
    {
        var run = await CommandLine.RunAsync("explain", "worker-2", "-f", Cluster);

        run.Error.Should().BeEmpty();
        run.Code.Should().Be(0);
        run.Output.Should().NotContain("hunter2");
        Golden.Matches("commands/explain", Hash().Replace(run.Output, "HASH"));
    }

    [Fact]
    public async Task Plan_shows_the_files_of_a_node_that_has_none()
    {
        var run = await CommandLine.RunAsync("plan", "-f", Cluster);

        run.Code.Should().Be(0);
        run.Output.Should().Contain("Restart: revision none to ").And.Contain(" on worker-1\n").And.Contain(" on worker-2\n").And.NotContain("windows");
        run.Output.Should().Contain("  registries.conf added: Reload").And.Contain("    +location = \"mirror.example:5000/hub\"").And.Contain("  auth.json added: Reload\n    its content is secret");
        run.Output.Should().NotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("robot:hunter2")));
    }

    [Fact]
    public async Task Plan_compares_with_what_the_nodes_have()
    {
        var run = await CommandLine.RunAsync(new StringReader(Having("worker-2")), "plan", "-f", Cluster, "-f", "-", "-f", Change);

        run.Error.Should().BeEmpty();
        run.Output.Should().Contain("  30-storage.toml added: Drain\n    +[storage]\n    +root = \"/data/store\"\n").And.Contain("    -log_level = \"debug\"");
        run.Output.Should().MatchRegex("Restart: revision [0-9a-f]{16} to [0-9a-f]{16} on worker-2\n", "its kubelet runs its pods with another runtime");
        run.Output.Should().NotContain("registries.conf changed");
    }

    [Fact]
    public async Task Plan_of_what_the_nodes_have_is_no_change()
    {
        var run = await CommandLine.RunAsync(new StringReader(Having("worker-2")), "plan", "-f", Cluster, "-f", "-");

        run.Output.Should().MatchRegex("no change: revision [0-9a-f]{16} on worker-2\n");
    }

    [Fact]
    public async Task Plan_fails_on_a_lock_out_and_names_it()
    {
        const string Strict = """
            apiVersion: ocid.dev/v1alpha1
            kind: RuntimeConfig
            metadata: {name: strict}
            spec: {nodeSelector: {}, priority: 200, signing: {default: Reject}}
            """;

        var run = await CommandLine.RunAsync(new StringReader(Strict), "plan", "-f", Cluster, "-f", "-", "--protect-image", "agent=registry.example/ocid:1");

        run.Code.Should().Be(1);
        run.Error.Should().Contain("ocid-operator: WouldLockOut: RuntimeConfig strict: signing.default: it rejects registry.example/ocid:1, the image of the agent")
            .And.Contain("these would keep what they have: worker-1, worker-2");
    }

    [Fact]
    public async Task A_manifest_that_is_wrong_is_told_with_every_place()
    {
        const string Wrong = """
            apiVersion: ocid.dev/v1alpha1
            kind: RuntimeConfig
            metadata: {name: wrong}
            spec:
              nodeSelector: {}
              priority: 5000
              runtime: {kubelet: Switch}
              storage: {root: /data, colour: red, additionalImageStores: [x]}
              registries: {items: [{prefix: "https://docker.io"}, {prefix: a.example, credentialsRef: {name: pull}}]}
              rollout: {maxUnavailable: "0%"}
              settings: {logLevel: Loud}
            """;

        var run = await CommandLine.RunAsync(new StringReader(Wrong), "plan", "-f", "-");

        run.Code.Should().Be(1);
        run.Error.TrimEnd().Split('\n').Select(line => line["ocid-operator: ".Length..]).Should().BeEquivalentTo(
            "standard input:6:13: spec.priority: want a whole number from -1000 to 1000",
            "standard input:7:22: spec.runtime.kubelet: Switch is not supported yet; Keep leaves the kubelet with the runtime that it has",
            "standard input:8:62: spec.storage.additionalImageStores: want absolute paths without '..'",
            "standard input:8:26: spec.storage.colour: unknown field",
            "standard input:9:33: spec.registries.items[0].prefix: want a host or a host and a path, without http:// or https://",
            "standard input:9:91: spec.registries.items[1].credentialsRef.allowNodeWide: want true: every pod of a node can pull with these credentials",
            "standard input:10:29: spec.rollout.maxUnavailable: want a number of nodes such as 3, or a share such as 10%, and at least 1",
            "standard input:11:24: spec.settings.logLevel: want Trace, Debug, Info, Warn, Error, found \"Loud\"");
    }

    [Theory]
    [InlineData("plan", "-f", "/nowhere/at-all.yaml")]
    [InlineData("explain", "no-such-node", "-f", "-")]
    [InlineData("plan", "-f", "-", "--protect-image", "nothing")]
    public async Task A_failure_is_one_line(params string[] args)
    {
        var run = await CommandLine.RunAsync(args);

        run.Code.Should().Be(1);
        run.Error.Should().MatchRegex("^ocid-operator: [^\n]+\n\\z");
    }

    [Fact]
    public async Task Wrong_usage_is_told_apart() => (await CommandLine.RunAsync("explain", "-f", "-")).Code.Should().Be(2);

    [GeneratedRegex("(?<=revision )[0-9a-f]{16}")]
    private static partial Regex Hash();
}
