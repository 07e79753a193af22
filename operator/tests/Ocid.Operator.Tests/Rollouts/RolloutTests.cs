using Ocid.Operator.Rollouts;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Tests.Rollouts;

public sealed class RolloutTests
{
    private static readonly RolloutSettings AtOnce = new() { Canary = 0, Soak = TimeSpan.Zero, MaxUnavailable = NodeCount.Parse("100%") };

    private static IEnumerable<string> Names(RolloutProgress progress) => progress.Assignments.Select(assignment => assignment.Node);

    [Fact]
    public void The_canary_comes_first_and_alone()
    {
        var fleet = new Fleet(Fleet.Many(20));

        var first = fleet.Step();
        var second = fleet.Step();

        first.Stage.Should().Be(RolloutStage.CanaryStarted);
        first.Assignments.Should().Equal(new Assignment("n0000", Fleet.New));
        second.Stage.Should().Be(RolloutStage.CanaryStarted);
        second.Assignments.Should().BeEmpty();
    }

    [Fact]
    public void The_others_wait_until_the_canary_has_soaked()
    {
        var fleet = new Fleet(Fleet.Many(20));
        fleet.Step();
        fleet.Succeed("n0000");

        var soaking = fleet.Step();
        fleet.Now += TimeSpan.FromSeconds(60);
        var after = fleet.Step();

        soaking.Stage.Should().Be(RolloutStage.CanarySoaking);
        soaking.Assignments.Should().BeEmpty();
        soaking.LookAgainAt.Should().Be(fleet.Now);
        after.Stage.Should().Be(RolloutStage.Progressing);
        Names(after).Should().Equal("n0001", "n0002");
    }

    [Fact]
    public void A_share_of_the_fleet_is_never_rounded_down_to_none()
    {
        var fleet = new Fleet(Fleet.Many(3)) { Settings = AtOnce with { MaxUnavailable = NodeCount.Parse("10%") } };

        fleet.Step().Assignments.Should().ContainSingle();
    }

    [Fact]
    public void A_node_that_is_not_ready_for_another_reason_counts_as_unavailable()
    {
        var fleet = new Fleet(Fleet.Many(4)) { Settings = AtOnce with { MaxUnavailable = NodeCount.Parse("2") } };
        fleet["n0003"] = fleet["n0003"] with { IsReady = false };

        Names(fleet.Step()).Should().Equal("n0000", "n0003");
        fleet.Step().Assignments.Should().BeEmpty();
    }

    [Fact]
    public void Nodes_of_another_RuntimeConfig_count_as_well()
    {
        var settings = AtOnce with { MaxUnavailable = NodeCount.Parse("1") };
        RolloutGroup[] groups =
        [
            new("a", Fleet.New, settings, false, [Fleet.Having("a1"), Fleet.Having("a2")]),
            new("b", Fleet.New, settings, false, [Fleet.Having("b1")]),
        ];

        var progress = Rollout.Decide(groups, DateTimeOffset.UnixEpoch);

        Names(progress[0]).Should().Equal("a1");
        progress[1].Assignments.Should().BeEmpty();
        progress[1].Stage.Should().Be(RolloutStage.MaxUnavailableReached);
    }

    [Fact]
    public void The_first_failure_halts_by_default()
    {
        var fleet = new Fleet(Fleet.Many(5));
        fleet.Step();
        fleet.Fail("n0000");

        var halted = fleet.Step();

        halted.Stage.Should().Be(RolloutStage.BudgetExhausted);
        halted.Assignments.Should().BeEmpty();
        halted.Failed.Should().ContainSingle(node => node.Name == "n0000");
    }

    [Fact]
    public void Below_the_budget_another_node_is_the_canary()
    {
        var fleet = new Fleet(Fleet.Many(5)) { Settings = RolloutSettings.Default with { FailureBudget = 2 } };
        fleet.Step();
        fleet.Fail("n0000");

        Names(fleet.Step()).Should().Equal("n0001");
    }

    [Fact]
    public void A_node_that_failed_is_not_told_to_try_again()
    {
        var fleet = new Fleet(Fleet.Many(2)) { Settings = AtOnce with { FailureBudget = 5 } };
        fleet.Step();
        fleet.Fail("n0000");
        fleet.Succeed("n0001");

        fleet.Step().Assignments.Should().BeEmpty();
    }

    [Fact]
    public void A_revision_that_supersedes_a_failing_one_reaches_its_nodes_first()
    {
        var fleet = new Fleet(Fleet.Many(20)) { Settings = RolloutSettings.Default with { Canary = 3 } };
        fleet["n0007"] = fleet["n0007"] with { Desired = Fleet.New, Phase = NodePhase.Applying };
        fleet["n0008"] = fleet["n0008"] with { Desired = Fleet.New, Phase = NodePhase.RolledBack, Failed = Fleet.New };
        fleet.Target = RevisionHash.Parse("0000000000000003");

        Names(fleet.Step()).Should().Equal("n0007", "n0000");
    }

    [Fact]
    public void Nothing_moves_while_somebody_has_paused_it()
    {
        var fleet = new Fleet([.. Fleet.Many(3), Fleet.Fresh("new")]) { IsPaused = true };

        var progress = fleet.Decide();

        progress.Stage.Should().Be(RolloutStage.Paused);
        progress.Assignments.Should().BeEmpty();
    }

    [Fact]
    public void A_new_node_gets_what_is_known_to_work_while_a_roll_out_has_not_proven_itself()
    {
        var fleet = new Fleet([.. Fleet.Many(3), Fleet.Fresh("new")]);
        fleet.Step();
        fleet.Fail("n0000");
        fleet["later"] = Fleet.Fresh("later");

        fleet["new"].Desired.Should().Be(Fleet.Old);
        fleet.Step().Assignments.Should().Equal(new Assignment("later", Fleet.Old, IsHeldBack: true));
    }

    [Fact]
    public void A_new_node_of_a_settled_fleet_gets_the_revision_at_once()
    {
        var fleet = new Fleet([Fleet.Having("a", Fleet.New), Fleet.Having("b", Fleet.New), Fleet.Fresh("new")]);

        fleet.Step().Assignments.Should().Equal(new Assignment("new", Fleet.New));
    }

    [Fact]
    public void The_control_plane_comes_last_and_one_after_the_other()
    {
        var fleet = new Fleet(Fleet.Many(3)) { Settings = AtOnce };
        fleet["n0000"] = fleet["n0000"] with { IsControlPlane = true };
        fleet["n0001"] = fleet["n0001"] with { IsControlPlane = true };

        Names(fleet.Step()).Should().Equal("n0002");
        fleet.Step().Assignments.Should().BeEmpty();
        fleet.Succeed("n0002");
        Names(fleet.Step()).Should().Equal("n0000");
        fleet.Step().Assignments.Should().BeEmpty();
        fleet.Succeed("n0000");
        Names(fleet.Step()).Should().Equal("n0001");
    }

    [Theory]
    [InlineData(NodePhase.Unsupported)]
    [InlineData(NodePhase.Releasing)]
    [InlineData(NodePhase.Released)]
    public void A_node_that_takes_no_part_gets_nothing_and_holds_nobody_up(NodePhase phase)
    {
        var fleet = new Fleet(Fleet.Many(2)) { Settings = AtOnce };
        fleet["n0000"] = Fleet.Fresh("n0000") with { Phase = phase };

        Names(fleet.Step()).Should().Equal("n0001");
        fleet.Succeed("n0001");
        fleet.Step().Stage.Should().Be(RolloutStage.Settled);
    }

    [Fact]
    public void A_fleet_that_has_everything_is_left_alone()
    {
        var progress = new Fleet(Fleet.Having("a", Fleet.New)).Decide();

        progress.Stage.Should().Be(RolloutStage.Settled);
        progress.Assignments.Should().BeEmpty();
        progress.LookAgainAt.Should().BeNull();
    }
}
