using Ocid.Agent.Cluster.Wire;
using Ocid.Agent.Conditions;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Agent.Tests.Conditions;

public sealed class NodeConditionsTests
{
    private static readonly RevisionHash Asked = RevisionHash.Parse("0123456789abcdef");
    private static readonly RevisionHash Before = RevisionHash.Parse("fedcba9876543210");
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 22, 30, 0, 700, TimeSpan.Zero);

    [Theory]
    [InlineData(NodePhase.Pending, false, "Staged=False:Waiting Applied=False:Waiting Reloaded=False:Waiting Verified=False:Waiting Updated=False:Waiting")]
    [InlineData(NodePhase.Staged, true, "Staged=True:FilesStaged Applied=False:Waiting Reloaded=False:Waiting Verified=False:Waiting Updated=False:Waiting")]
    [InlineData(NodePhase.Applying, true, "Staged=True:FilesStaged Applied=False:Applying Reloaded=False:Applying Verified=False:Applying Updated=False:Applying")]
    [InlineData(NodePhase.Verifying, true, "Staged=True:FilesStaged Applied=True:FilesInForce Reloaded=True:Restarted Verified=False:Verifying Updated=False:Verifying")]
    [InlineData(NodePhase.RolledBack, true, "Staged=True:FilesStaged Applied=False:RolledBack Reloaded=False:RolledBack Verified=False:RolledBack Updated=False:RolledBack")]
    [InlineData(NodePhase.Degraded, false, "Staged=False:Failed Applied=False:Failed Reloaded=False:Failed Verified=False:Failed Updated=False:Failed")]
    [InlineData(NodePhase.Unsupported, false, "Staged=False:Unsupported Applied=False:Unsupported Reloaded=False:Unsupported Verified=False:Unsupported Updated=False:Unsupported")]
    [InlineData(NodePhase.Released, true, "Staged=False:Released Applied=False:Released Reloaded=False:Released Verified=False:Released Updated=False:Released")]
    public void Each_phase_says_which_steps_are_done(NodePhase phase, bool isStaged, string expected)
    {
        var node = new NodeView { Generation = 7, Desired = Asked, Current = Before.Value, Phase = phase, IsStaged = isStaged, Cost = Disruption.Restart };

        string.Join(' ', new[] { "Staged", "Applied", "Reloaded", "Verified", "Updated" }.Select(type => Text(Find(Conditions(node), type)))).Should().Be(expected);
    }

    [Fact]
    public void All_steps_are_done_when_what_is_asked_for_is_in_force()
    {
        var conditions = Conditions(Updated());

        string.Join(' ', conditions.Select(Text)).Should().Be(
            "Applied=True:FilesInForce Degraded=False:AsExpected Drifted=False:FilesAsWritten Ready=True:RuntimeWorks Reloaded=True:Reloaded Staged=True:FilesStaged "
            + "Updated=True:RevisionInForce Verified=True:CanaryPassed");
        conditions.Should().OnlyContain(condition => condition.Message == "" && condition.ObservedGeneration == 7);
    }

    [Fact]
    public void A_node_of_which_nothing_is_asked_says_so() =>
        Text(Find(Conditions(new NodeView { Generation = 1, Phase = NodePhase.Pending }), "Updated")).Should().Be("Updated=False:NothingAsked");

    [Fact]
    public void The_reason_of_a_failure_is_in_Updated_and_in_Degraded()
    {
        var conditions = Conditions(Updated() with { Phase = NodePhase.RolledBack, Current = Before.Value, Message = "the canary pod does not run" });

        Find(conditions, "Degraded").Should().BeEquivalentTo(new { Status = "True", Reason = "RolledBack", Message = "the canary pod does not run" });
        Find(conditions, "Updated").Message.Should().Be("the canary pod does not run");
        Text(Find(conditions, "Ready")).Should().Be("Ready=True:RuntimeWorks", "what worked before works");
        conditions.Should().OnlyContain(condition => condition.Message != null);
    }

    [Fact]
    public void Files_that_somebody_changed_are_named_and_counted()
    {
        Find(Conditions(Updated() with { Drift = ["/etc/ocid/a"] }), "Drifted").Should().BeEquivalentTo(new { Status = "True", Reason = "FilesChanged", Message = "/etc/ocid/a" });
        Find(Conditions(Updated() with { Drift = ["/etc/ocid/a", "/b", "/c"] }), "Drifted").Message.Should().Be("/etc/ocid/a and 2 more");
    }

    [Fact]
    public void The_time_is_that_of_the_last_change_of_the_status_in_whole_seconds()
    {
        var first = NodeConditions.Of(Updated() with { Phase = NodePhase.Verifying }, [], Start);
        Find(first, "Staged").LastTransitionTime.Should().Be(new DateTime(2026, 11, 29, 22, 30, 0, DateTimeKind.Utc));

        var second = NodeConditions.Of(Updated() with { Cost = Disruption.Restart }, first, Start.AddMinutes(1));
        Find(second, "Updated").LastTransitionTime.Should().Be(new DateTime(2026, 11, 29, 22, 31, 0, DateTimeKind.Utc));
        Find(second, "Reloaded").Should().BeEquivalentTo(new { Reason = "Restarted", LastTransitionTime = new DateTime(2026, 11, 29, 22, 30, 0, DateTimeKind.Utc) });

        var third = NodeConditions.Of(Updated() with { Cost = Disruption.Restart }, second, Start.AddMinutes(2));
        third.Should().Equal(second);
    }

    [Fact]
    public void Conditions_of_others_stay_as_they_are()
    {
        var theirs = new NodeCondition { Type = "AgentReachable", Status = "True", Reason = "Heard", LastTransitionTime = Start.UtcDateTime, ObservedGeneration = 3 };

        var conditions = NodeConditions.Of(Updated(), [theirs], Start.AddHours(1));

        conditions.Should().Contain(theirs).And.BeInAscendingOrder(condition => condition.Type, StringComparer.Ordinal);
        NodeConditions.Of(Updated(), conditions, Start.AddHours(2)).Should().Equal(conditions);
    }

    [Fact]
    public void A_message_is_no_longer_than_the_API_server_takes()
    {
        var conditions = Conditions(Updated() with { Phase = NodePhase.Degraded, Message = new string('x', 100_000) });

        conditions.Should().OnlyContain(condition => condition.Message.Length <= 1024);
    }

    private static NodeView Updated() => new() { Generation = 7, Desired = Asked, Current = Asked.Value, Phase = NodePhase.Updated, IsStaged = true, Cost = Disruption.Reload };

    private static IReadOnlyList<NodeCondition> Conditions(NodeView node) => NodeConditions.Of(node, [], Start);

    private static NodeCondition Find(IReadOnlyList<NodeCondition> conditions, string type) => conditions.Single(condition => condition.Type == type);

    private static string Text(NodeCondition condition) => $"{condition.Type}={condition.Status}:{condition.Reason}";
}
