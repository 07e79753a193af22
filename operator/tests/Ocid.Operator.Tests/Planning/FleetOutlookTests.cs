using Ocid.Operator.Merging;
using Ocid.Operator.Planning;
using Ocid.Operator.Rendering;
using Ocid.Operator.Rollouts;
using Ocid.Operator.Tests.Merging;
using Ocid.Operator.Tests.Rendering;
using Ocid.Operator.Tests.Rollouts;

namespace Ocid.Operator.Tests.Planning;

public sealed class FleetOutlookTests
{
    private static ClusterNode Node(string name, params (string Key, string Value)[] labels) =>
        new(Fleet.Fresh(name), labels.ToDictionary(label => label.Key, label => label.Value), IsServing: false);

    private static FleetOutlook Outlook(IReadOnlyList<ClusterNode> nodes, params Layer[] configs) =>
        FleetOutlook.Of(new ClusterSnapshot { Configs = configs, Nodes = nodes, Contents = new Contents() }, new Renderer("0.1.0"));

    private static Layer For(Layer layer, string key, string value) => layer with { Selector = new NodeSelector([new SelectorTerm(key, SelectorOperator.In, [value])]) };

    [Fact]
    public void A_node_has_what_all_that_match_it_say_together()
    {
        var outlook = Outlook(
            [Node("a", ("pool", "x")), Node("b", ("pool", "y"))],
            A.Layer("all", 0, (Fields.LogLevel, "Info")), For(A.Layer("x", 1, (Fields.LogLevel, "Debug")), "pool", "x"));

        outlook.Nodes.Select(node => (node.Node.Snapshot.Name, node.Configuration.Values[Fields.LogLevel].ToString())).Should().Equal(("a", "\"Debug\""), ("b", "\"Info\""));
        outlook.Groups().Select(group => group.Config).Should().BeEquivalentTo("all", "x");
    }

    [Theory]
    [InlineData("kubernetes.io/os", "windows")]
    [InlineData("kubernetes.io/arch", "s390x")]
    public void A_node_that_ocid_is_not_made_for_is_left_alone(string label, string value) =>
        Outlook([Node("a", (label, value))], A.Layer("all")).Nodes.Should().BeEmpty();

    [Fact]
    public void A_node_that_nobody_matches_is_left_alone() => Outlook([Node("a")], For(A.Layer("x"), "pool", "x")).Nodes.Should().BeEmpty();

    [Fact]
    public void A_conflict_holds_the_nodes_of_both_and_no_other()
    {
        var outlook = Outlook(
            [Node("a", ("pool", "x")), Node("b")],
            A.Layer("all", 0, (Fields.LogLevel, "Info")), For(A.Layer("x", 0, (Fields.LogLevel, "Debug")), "pool", "x"));

        outlook.Nodes.Where(node => node.Target is null).Select(node => node.Node.Snapshot.Name).Should().Equal("a");
        outlook.Groups().Should().ContainSingle().Which.Nodes.Select(node => node.Name).Should().Equal("b");
        outlook.Of("x", []).Held.Should().ContainSingle();
        outlook.Of("all", Rollout.Decide(outlook.Groups(), DateTimeOffset.UnixEpoch)).Rollouts.Should().ContainSingle();
    }

    [Fact]
    public void Any_RuntimeConfig_that_is_paused_pauses_the_nodes_that_it_matches()
    {
        var outlook = Outlook([Node("a", ("pool", "x")), Node("b")], A.Layer("all"), For(A.Layer("x"), "pool", "x") with { IsPaused = true });

        outlook.Groups().Single(group => group.IsPaused).Nodes.Select(node => node.Name).Should().Equal("a");
        outlook.Groups().Single(group => !group.IsPaused).Nodes.Select(node => node.Name).Should().Equal("b");
    }
}
