using Ocid.Operator.Merging;
using Ocid.Operator.Planning;
using Ocid.Operator.Rendering;
using Ocid.Operator.Tests.Merging;
using Ocid.Operator.Tests.Rendering;
using Ocid.Revisions;

namespace Ocid.Operator.Tests.Planning;

public sealed class PlanTextTests
{
    private static readonly Revision Before = Render(A.Layer("default", 0, (Fields.LogLevel, "Info"), (Fields.StorageRoot, "/var/lib/containers/storage")), "secret-one");

    private static readonly Revision After = Render(
        A.Layer("default", 0, (Fields.LogLevel, "Debug"), (Fields.StorageRoot, "/data"))
            .Signing(A.Accept, false),
        "secret-two");

    private static Revision Render(Layer layer, string password)
    {
        var rule = new RegistryRule { Prefix = "docker.io", Mirrors = [new MirrorRule("mirror.example")], Credentials = Contents.Credentials };
        var contents = new Contents { [Contents.Credentials] = $$"""{"auths":{"mirror.example":{"username":"u","password":"{{password}}"} } }""" };
        return new Renderer("0.1.0").Render(Merge.Of([layer.With(rule)]).Configuration, contents).Revision!;
    }

    [Fact]
    public void It_shows_nodes_cost_and_files_and_no_secret() => Golden.Matches("plans/change", PlanText.Of(
    [
        new NodeStep("b", Before, After, IsServing: false), new NodeStep("a", Before, After, IsServing: false),
        new NodeStep("serving", Before, After, IsServing: true),
        new NodeStep("done", After, After, IsServing: true),
    ]).Replace(Before.Hash.Value, "BEFORE", StringComparison.Ordinal).Replace(After.Hash.Value, "AFTER", StringComparison.Ordinal));

    [Fact]
    public void Only_a_node_whose_pods_ocid_runs_has_to_be_drained()
    {
        new NodeStep("a", Before, After, IsServing: true).Disruption.Should().Be(Disruption.Drain);
        new NodeStep("a", Before, After, IsServing: false).Disruption.Should().Be(Disruption.Restart);
    }

    [Fact]
    public void The_summary_says_the_most_that_it_costs_and_what_changes()
    {
        var summary = DisruptionSummary.Of([new NodeStep("a", Before, After, true), new NodeStep("b", After, After, true)]);

        summary.Disruption.Should().Be(Disruption.Drain);
        summary.Nodes.Should().Be(1);
        summary.Changes.Should().Equal("10-reload.toml changed: Reload", "30-storage.toml changed: Drain", "auth.json changed: Reload", "policy.json added: Reload");
    }

    [Fact]
    public void The_summary_of_nothing_costs_nothing() => DisruptionSummary.Of([]).Should().BeEquivalentTo(new DisruptionSummary(Disruption.None, 0, []));
}
