using FsCheck.Xunit;
using Ocid.Operator.Rollouts;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Tests.Rollouts;

/// <summary>Whatever the fleet is like and whatever its agents do.</summary>
public sealed class RolloutProperties
{
    private const int Steps = 400;

    [Property(MaxTest = 300)]
    public void No_node_is_touched_beyond_what_may_be_unavailable(int seed) => Run(seed, failing: 4, (fleet, progress, before) =>
    {
        var most = fleet.Settings.MaxUnavailable.Of(fleet.Nodes.Count(node => node.TakesPart));
        var touched = progress.Assignments.Where(assignment => !assignment.IsHeldBack && !before[assignment.Node].IsUnavailable).ToList();
        if (touched.Count > 0)
            fleet.Nodes.Count(node => node.IsUnavailable && before[node.Name].Desired is not null || touched.Exists(t => t.Node == node.Name)).Should().BeLessThanOrEqualTo(most);
    });

    [Property(MaxTest = 300)]
    public void No_node_gets_a_revision_on_which_too_many_have_failed(int seed) => Run(seed, failing: 2, (fleet, progress, before) =>
    {
        if (before.Values.Count(node => node.TakesPart && node.HasFailed(fleet.Target)) >= fleet.Settings.FailureBudget)
            progress.Assignments.Count(assignment => !assignment.IsHeldBack).Should().Be(0);
    });

    [Property(MaxTest = 300)]
    public void Nobody_but_canaries_gets_a_revision_before_the_canaries_have_it(int seed) => Run(seed, failing: 4, (fleet, _, _) =>
    {
        var having = fleet.Nodes.Count(node => node.Has(fleet.Target));
        var able = fleet.Nodes.Count(node => node.TakesPart && !node.HasFailed(fleet.Target));
        if (having < Math.Min(fleet.Settings.Canary, able))
            fleet.Nodes.Count(node => node.Desired == fleet.Target && !node.HasFailed(fleet.Target)).Should().BeLessThanOrEqualTo(fleet.Settings.Canary);
    });

    [Property(MaxTest = 300)]
    public void A_decision_that_was_carried_out_is_not_made_again(int seed) => Run(seed, failing: 4, (fleet, progress, _) =>
    {
        var told = progress.Assignments.Select(assignment => assignment.Node).ToHashSet();
        // Counted: NotContain would compile its expression at every one of a hundred thousand steps.
        fleet.Decide().Assignments.Count(assignment => told.Contains(assignment.Node)).Should().Be(0);
    });

    [Property(MaxTest = 200)]
    public void Without_failures_every_node_gets_it_in_the_end_and_is_told_once(int seed)
    {
        var told = new Dictionary<string, int>();

        var fleet = Run(seed, failing: 0, (_, progress, _) =>
        {
            foreach (var assignment in progress.Assignments)
                told[assignment.Node] = told.GetValueOrDefault(assignment.Node) + 1;
        });

        fleet.Nodes.Should().OnlyContain(node => !node.TakesPart || node.Has(fleet.Target));
        fleet.Decide().Stage.Should().Be(RolloutStage.Settled);
        told.Values.Should().NotContain(times => times > 2, "a new node may be told what is known to work first");
    }

    /// <summary>Runs a fleet until nothing happens any more.</summary>
    /// <param name="seed">Everything by chance follows from it.</param>
    /// <param name="failing">In ten tries so many fail.</param>
    /// <param name="check">Called after each step, with the nodes as they were before it.</param>
    private static Fleet Run(int seed, int failing, Action<Fleet, RolloutProgress, Dictionary<string, NodeSnapshot>> check)
    {
        var chance = new Random(seed);
        var fleet = new Fleet([.. Enumerable.Range(0, chance.Next(1, 25)).Select(index => Node($"n{index:d2}", chance))])
        {
            Settings = new RolloutSettings
            {
                MaxUnavailable = NodeCount.Parse(chance.Next(2) == 0 ? $"{chance.Next(1, 5)}" : $"{chance.Next(1, 60)}%"),
                Canary = chance.Next(0, 4),
                Soak = TimeSpan.FromSeconds(chance.Next(0, 90)),
                FailureBudget = chance.Next(1, 4),
            },
        };
        for (var step = 0; step < Steps; step++)
        {
            var before = fleet.Nodes.ToDictionary(node => node.Name);
            check(fleet, fleet.Step(), before);
            fleet.Now += TimeSpan.FromSeconds(5);
            foreach (var node in fleet.Nodes.Where(node => node.IsMoving && chance.Next(3) > 0).ToList())
                Act(fleet, node, chance.Next(10) < failing && node.Desired == fleet.Target);
        }

        return fleet;
    }

    private static void Act(Fleet fleet, NodeSnapshot node, bool fails)
    {
        if (fails)
            fleet.Fail(node.Name);
        else
            fleet.Succeed(node.Name);
    }

    private static NodeSnapshot Node(string name, Random chance) => chance.Next(10) switch
    {
        0 => Fleet.Fresh(name),
        1 => Fleet.Having(name) with { IsControlPlane = true },
        2 => Fleet.Fresh(name) with { Phase = NodePhase.Unsupported },
        _ => Fleet.Having(name),
    };
}
