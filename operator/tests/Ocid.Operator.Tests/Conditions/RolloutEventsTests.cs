using Ocid.Operator.Conditions;
using Ocid.Operator.Rollouts;
using Ocid.Operator.Tests.Rollouts;

namespace Ocid.Operator.Tests.Conditions;

public sealed class RolloutEventsTests
{
    private static List<string> Reasons(Fleet fleet, Action<int, Fleet> agents, int steps)
    {
        var reasons = new List<string>();
        RolloutProgress? before = null;
        for (var step = 0; step < steps; step++)
        {
            var after = fleet.Step();
            reasons.AddRange(RolloutEvents.Between(before, after).Select(happened => happened.Reason));
            before = after;
            agents(step, fleet);
            fleet.Now += TimeSpan.FromMinutes(2);
        }

        return reasons;
    }

    private static void Succeed(Fleet fleet)
    {
        foreach (var node in fleet.Nodes.Where(node => node.IsMoving).ToList())
            fleet.Succeed(node.Name);
    }

    [Fact]
    public void A_roll_out_tells_each_stage_once() =>
        Reasons(new Fleet(Fleet.Many(4)), (_, fleet) => Succeed(fleet), 12).Should().Equal("RevisionRendered", "CanaryStarted", "CanaryPassed", "RolloutCompleted");

    [Fact]
    public void A_failure_is_a_warning_that_names_the_node()
    {
        var fleet = new Fleet(Fleet.Many(4));
        var before = fleet.Step();
        fleet.Fail("n0000");

        var events = RolloutEvents.Between(before, fleet.Step()).ToList();

        events.Should().OnlyContain(happened => happened.IsWarning && happened.Config == "default");
        events.Select(happened => $"{happened.Reason}: {happened.Message}").Should().Equal(
            "VerificationFailed: node n0000 failed on revision 0000000000000002 and has 0000000000000001; next: kubectl describe runtimenode n0000",
            "BudgetExhausted: revision 0000000000000002 is halted: 1 node failed on it, and rollout.failureBudget is 1");
    }

    [Fact]
    public void A_fleet_that_is_left_alone_tells_nothing() =>
        Reasons(new Fleet(Fleet.Having("a", Fleet.New)), (_, _) => { }, 5).Should().BeEmpty();
}
