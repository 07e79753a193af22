using System.Text;
using System.Text.Json.Nodes;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;
using Ocid.Operator.Controllers;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Tests.Controllers;

public sealed class WritePlanTests
{
    private static void Debug(RuntimeConfigSpec spec) => spec.Settings = new SettingsSpec { LogLevel = LogLevel.Debug };

    [Fact]
    public void What_is_going_to_happen_is_in_the_status_before_a_node_moves()
    {
        var cluster = TestCluster.With("a", "b", "c");
        cluster.Configure("all", Debug);

        var plan = cluster.Plan();

        plan.Revisions.Should().ContainSingle();
        var status = plan.Statuses.Should().ContainSingle().Subject.Status;
        status.Plan.Should().BeEquivalentTo(new { Disruption = Disruption.Restart, Nodes = 3 });
        status.Plan!.Changes.Should().Contain("20-restart.toml added: Restart");
        status.Should().BeEquivalentTo(new { ObservedGeneration = 1, Matched = 3, Updated = 0, Degraded = 0, Revision = plan.Revisions[0].Hash.Value });
        status.Conditions!.Select(condition => condition.Type).Should().Equal("Accepted", "Rendered", "Progressing", "Available", "Degraded", "Serving", "Ready");
        plan.Nodes.OfType<NodeWrite.Create>().Select(node => (node.Node, node.Revision is not null)).Should().Equal(("a", true), ("b", false), ("c", false));
    }

    [Fact]
    public void A_fleet_that_is_as_it_is_to_be_is_not_written()
    {
        var cluster = TestCluster.With("a", "b", "c");
        cluster.Configure("all", Debug);
        cluster.Settle();

        cluster.Now += TimeSpan.FromHours(10);
        var plan = cluster.Plan();

        (plan.Revisions.Count, plan.Statuses.Count, plan.Nodes.Count, plan.Garbage.Count).Should().Be((0, 0, 0, 0));
        plan.LookAgainAt.Should().BeNull();
        cluster.Configs["all"].Status!.Updated.Should().Be(3);
    }

    [Fact]
    public void A_roll_out_tells_each_node_once()
    {
        var cluster = TestCluster.With([.. Enumerable.Range(0, 40).Select(index => $"n{index:d2}")]);
        cluster.Configure("all", Debug);
        cluster.Settle();
        cluster.Configure("all", spec => spec.Settings!.LogLevel = LogLevel.Warn);

        var told = new List<string>();
        for (var round = 0; round < 60; round++)
        {
            told.AddRange(cluster.Write().Nodes.Select(node => node.Node));
            cluster.Succeed();
            cluster.Now += TimeSpan.FromSeconds(30);
        }

        told.Should().OnlyHaveUniqueItems().And.HaveCount(40);
    }

    [Fact]
    public void A_condition_keeps_its_time_until_its_status_changes()
    {
        var cluster = TestCluster.With("a", "b");
        cluster.Configure("all", Debug);
        cluster.Write();
        var first = Condition(cluster, "Ready").LastTransitionTime;
        cluster.Succeed();
        cluster.Now += TimeSpan.FromSeconds(10);
        cluster.Write();
        Condition(cluster, "Ready").Should().BeEquivalentTo(new { Status = "False", LastTransitionTime = first, Message = "1 of 2 nodes updated; see condition Progressing" });

        cluster.Settle();

        Condition(cluster, "Ready").Status.Should().Be("True");
        Condition(cluster, "Ready").LastTransitionTime.Should().BeAfter(first);
    }

    [Fact]
    public void A_status_patch_says_what_is_to_go()
    {
        var cluster = TestCluster.With("a");
        var config = cluster.Configure("all", Debug);
        cluster.Settle();
        config.Spec.NodeSelector = new k8s.Models.V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["pool"] = "none" } };
        cluster.Configure("all");

        var patch = cluster.Plan().Statuses.Single().Patch["status"]!.AsObject();

        patch.ContainsKey("revision").Should().BeTrue();
        patch["revision"].Should().BeNull();
    }

    [Fact]
    public void A_rotated_Secret_is_another_revision_and_a_reload()
    {
        var cluster = TestCluster.With("a");
        Pull(cluster, "one");
        cluster.Configure("all", spec => spec.Registries = new RegistriesSpec
        {
            Items = [new RegistryItem { Prefix = "registry.example", CredentialsRef = new CredentialsRef { Name = "pull", AllowNodeWide = true } }],
        });
        cluster.Settle();
        var before = cluster.RuntimeNodes["a"].Spec.DesiredRevision;

        Pull(cluster, "two");
        var plan = cluster.Write();

        plan.Nodes.OfType<NodeWrite.Tell>().Should().ContainSingle().Which.Revision.Value.Should().NotBe(before);
        plan.Statuses.Single().Status.Plan.Should().BeEquivalentTo(new { Disruption = Disruption.Reload, Changes = new[] { "auth.json changed: Reload" } });
        JsonNode.Parse(plan.Statuses.Single().Patch.ToJsonString())!.ToJsonString().Should().NotContain("two");
    }

    [Fact]
    public void The_last_three_revisions_are_kept_and_any_that_a_node_names()
    {
        var cluster = TestCluster.With("a", "b");
        cluster.AddNode("old", ("pool", "old"));
        cluster.Configure("old", spec => (spec.NodeSelector, spec.Priority) = (new k8s.Models.V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["pool"] = "old" } }, 10));
        cluster.Configure("all", spec => spec.Settings = new SettingsSpec { PidsLimit = 1 });
        cluster.Settle();
        var kept = cluster.RuntimeNodes["old"].Spec.DesiredRevision!;
        cluster.Configure("old", spec => spec.Paused = true);
        foreach (var limit in new[] { 10, 20, 30, 40, 50 })
        {
            cluster.Configure("all", spec => spec.Settings = new SettingsSpec { PidsLimit = limit });
            cluster.Settle();
        }

        // The newest three, and what the paused node has.
        var names = cluster.Revisions.Select(secret => secret.Metadata.Name).ToList();
        names.Should().Contain($"rev-{kept}").And.Contain($"rev-{cluster.RuntimeNodes["a"].Spec.DesiredRevision}").And.HaveCount(4);
    }

    [Fact]
    public void A_damaged_revision_is_stored_again()
    {
        var cluster = TestCluster.With("a");
        cluster.Configure("all", Debug);
        cluster.Settle();
        var secret = cluster.Revisions.Single();
        cluster.Revisions[0] = secret with { Data = new Dictionary<string, byte[]> { ["revision.json"] = Encoding.UTF8.GetBytes("{}") }, Metadata = new k8s.Models.V1ObjectMeta { Name = secret.Metadata.Name, Uid = "other" } };

        cluster.Plan().Revisions.Should().ContainSingle().Which.Hash.Value.Should().Be(cluster.RuntimeNodes["a"].Spec.DesiredRevision);
    }

    [Fact]
    public void What_nobody_understands_holds_its_nodes_and_is_named()
    {
        var cluster = TestCluster.With("a");
        cluster.Configure("all", Debug);
        cluster.Settle();
        cluster.Configure("all", spec => spec.Rollout = new RolloutSpec { MaxUnavailable = "none" });

        var plan = cluster.Write();

        plan.Nodes.Should().BeEmpty();
        Condition(cluster, "Accepted").Should().BeEquivalentTo(new { Status = "False", Reason = "InvalidRef" });
        Condition(cluster, "Accepted").Message.Should().StartWith("RuntimeConfig all: spec.rollout.maxUnavailable: want a number of nodes such as 3");
    }

    [Fact]
    public void A_node_that_nothing_matches_any_more_is_released_after_a_while_and_forgotten()
    {
        var cluster = TestCluster.With("a");
        cluster.Configure("all", Debug);
        cluster.Settle();
        cluster.Configs.Clear();

        cluster.Write().Nodes.Should().BeEmpty("the RuntimeConfig may come back");
        cluster.Plan().LookAgainAt.Should().Be(cluster.Now + TimeSpan.FromMinutes(1));
        cluster.Now += TimeSpan.FromMinutes(1);
        cluster.Write().Nodes.Should().ContainSingle().Which.Should().BeOfType<NodeWrite.Release>();
        cluster.Write().Nodes.Should().BeEmpty("its agent is at work");
        cluster.Succeed();
        cluster.Write().Nodes.Should().ContainSingle().Which.Should().BeOfType<NodeWrite.Forget>();

        cluster.RuntimeNodes.Should().BeEmpty();
    }

    [Fact]
    public void A_node_that_is_matched_again_gets_its_revision_again()
    {
        var cluster = TestCluster.With("a");
        var config = cluster.Configure("all", Debug);
        cluster.Settle();
        cluster.Configs.Clear();
        cluster.Write();
        cluster.Now += TimeSpan.FromMinutes(1);
        cluster.Write();
        cluster.Succeed();

        cluster.Configs["all"] = config;
        cluster.Settle();

        cluster.RuntimeNodes["a"].Status!.Phase.Should().Be(NodePhase.Updated);
    }

    [Fact]
    public void What_somebody_else_released_stays_so()
    {
        var cluster = TestCluster.With("a", "b");
        cluster.Configure("all", Debug);
        cluster.Settle();
        cluster.RuntimeNodes["a"].Spec = new RuntimeNodeSpec { Release = true };
        cluster.RuntimeNodes["a"].Metadata.Generation++;
        cluster.Succeed();
        cluster.Configure("all", spec => spec.Settings!.LogLevel = LogLevel.Warn);

        cluster.Settle();

        cluster.RuntimeNodes["a"].Spec.Release.Should().BeTrue();
        Condition(cluster, "Ready").Status.Should().Be("True", "who does not take part counts nowhere");
    }

    [Fact]
    public void A_node_whose_kubelet_uses_ocid_is_not_released_by_itself()
    {
        var cluster = TestCluster.With("a");
        cluster.Configure("all", Debug);
        cluster.Settle();
        cluster.RuntimeNodes["a"].Status!.Serving = true;
        cluster.Configs.Clear();
        cluster.Write();
        cluster.Now += TimeSpan.FromHours(1);

        cluster.Write().Nodes.Should().BeEmpty();
    }

    private static void Pull(TestCluster cluster, string password)
    {
        cluster.Secrets.Clear();
        cluster.Secrets.Add(new Secret
        {
            Metadata = new k8s.Models.V1ObjectMeta { Name = "pull" },
            Data = new Dictionary<string, byte[]> { [".dockerconfigjson"] = Encoding.UTF8.GetBytes($$$$"""{"auths":{"registry.example":{"username":"u","password":"{{{{password}}}}"}}}""") },
        });
    }

    private static k8s.Models.V1Condition Condition(TestCluster cluster, string type) => cluster.Configs["all"].Status!.Conditions!.Single(condition => condition.Type == type);
}
