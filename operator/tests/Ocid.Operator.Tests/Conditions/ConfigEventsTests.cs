using Ocid.Cluster.Entities;
using Ocid.Operator.Conditions;
using Ocid.Operator.Controllers;
using Ocid.Operator.Tests.Controllers;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Tests.Conditions;

public sealed class ConfigEventsTests
{
    private readonly TestCluster _cluster = TestCluster.With("a", "b", "c", "d");

    public ConfigEventsTests() => Limit(100);

    [Fact]
    public void A_roll_out_tells_each_stage_once()
    {
        Reasons().Should().Equal("RevisionRendered", "CanaryStarted", "CanaryPassed", "RolloutCompleted");
        Reasons().Should().BeEmpty("a fleet that is left alone tells nothing");

        Limit(200);
        Reasons().Should().Equal("RevisionRendered", "CanaryStarted", "CanaryPassed", "RolloutCompleted");
    }

    [Fact]
    public void What_supersedes_a_roll_out_tells_its_own_stages()
    {
        Step().Select(happened => happened.Reason).Should().Equal("RevisionRendered", "CanaryStarted");

        Limit(200);

        Step().Select(happened => happened.Reason).Should().Equal("RevisionRendered", "CanaryStarted");
    }

    [Fact]
    public void A_failure_is_a_warning_that_names_the_node_and_the_next_command()
    {
        _cluster.Settle();
        Limit(200);
        var revision = Step()[0].Message.Split(' ')[1];
        var canary = _cluster.RuntimeNodes.Values.Single(node => node.Spec.DesiredRevision == revision);
        canary.Status = new RuntimeNodeStatus { Phase = NodePhase.RolledBack, ObservedGeneration = canary.Metadata.Generation, CurrentRevision = canary.Status!.CurrentRevision, FailedRevision = revision };

        var events = Step();

        events.Should().OnlyContain(happened => happened.IsWarning);
        events.Select(happened => $"{happened.Reason}: {happened.Message}").Should().Equal(
            "VerificationFailed: 1 node failed on what RuntimeConfig all asks for: a; next: kubectl describe runtimenode a",
            $"BudgetExhausted: revision {revision} of RuntimeConfig all is halted: 1 node failed on it and went back to what was good: a; 3 nodes wait; next: kubectl describe runtimenode a");
        Step().Should().BeEmpty("it is told");
    }

    [Fact]
    public void A_pause_says_how_it_ends()
    {
        _cluster.Configure("all", spec => spec.Paused = true);

        Step().Last().Should().BeEquivalentTo(new { Reason = "RolloutPaused", IsWarning = false }).And.Match<ConfigEvent>(happened => happened.Message.Contains("kubectl patch runtimeconfig all"));
    }

    private void Limit(long limit) => _cluster.Configure("all", spec => spec.Settings = new SettingsSpec { PidsLimit = limit });

    private List<ConfigEvent> Step()
    {
        var events = Told(_cluster.Plan());
        _cluster.Write();
        return events;
    }

    private List<string> Reasons()
    {
        var reasons = new List<string>();
        for (var step = 0; step < 12; step++)
        {
            reasons.AddRange(Step().Select(happened => happened.Reason));
            _cluster.Succeed();
            _cluster.Now += TimeSpan.FromMinutes(2);
        }

        return reasons;
    }

    private static List<ConfigEvent> Told(WritePlan plan) => [.. plan.Statuses.SelectMany(write => ConfigEvents.Between(write.Config.Status, write.Status))];
}
