using Ocid.Operator.Conditions;
using Ocid.Operator.Merging;
using Ocid.Operator.Rollouts;
using Ocid.Operator.Tests.Rollouts;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Tests.Conditions;

public sealed class ConfigConditionsTests
{
    private static ConfigSnapshot Config(params Fleet[] fleets) => new() { Name = "default", Rollouts = [.. fleets.Select(fleet => fleet.Decide())] };

    private static Fleet Settled => new(Fleet.Having("a", Fleet.New), Fleet.Having("b", Fleet.New));

    private static Fleet Soaking()
    {
        var fleet = new Fleet(Fleet.Many(4));
        fleet.Step();
        fleet.Succeed("n0000");
        return fleet;
    }

    private static Fleet Halted()
    {
        var fleet = new Fleet(Fleet.Many(14)) { Settings = RolloutSettings.Default with { Canary = 12, FailureBudget = 12, MaxUnavailable = NodeCount.Parse("100%") } };
        fleet.Step();
        foreach (var node in fleet.Nodes.Where(node => node.Desired == Fleet.New).ToList())
            fleet.Fail(node.Name);
        return fleet;
    }

    private static Fleet Full()
    {
        var fleet = new Fleet(Fleet.Many(5)) { Settings = RolloutSettings.Default with { Canary = 0, MaxUnavailable = NodeCount.Parse("1") } };
        fleet["n0004"] = Fleet.Having("n0004", Fleet.New) with { IsReady = false };
        return fleet;
    }

    private static Fleet Ill() => new(Fleet.Having("a", Fleet.New), Fleet.Having("b", Fleet.New) with { Phase = NodePhase.Degraded });

    private static readonly MergeProblem Conflict = new(
        ProblemKind.Conflicted, "storage.root", ["default", "other"], "RuntimeConfigs default and other have the same priority 0 and say different things; give one of them another priority");

    private static readonly Dictionary<string, Func<ConfigSnapshot>> Cases = new()
    {
        ["settled"] = () => Config(Settled) with { Serving = new HashSet<string> { "a", "b" } },
        ["no-nodes"] = () => Config(),
        ["canary"] = () => Config(new Fleet(Fleet.Many(3))),
        ["soaking"] = () => Config(Soaking()),
        ["halted"] = () => Config(Halted()),
        ["paused"] = () => Config(new Fleet(Fleet.Many(2)) { IsPaused = true }),
        ["max-unavailable"] = () => Config(Full()),
        ["degraded"] = () => Config(Ill()),
        ["conflicted"] = () => Config() with { Problems = [Conflict], Held = Fleet.Many(2) },
        ["new-nodes"] = () => Config(new Fleet(Fleet.Fresh("a"), Fleet.Fresh("b"))),
    };

    public static TheoryData<string> Names => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void They_name_the_object_the_cause_and_the_next_command(string name) =>
        Golden.Matches($"conditions/{name}", string.Concat(ConfigConditions.Of(Cases[name]()).Select(condition => condition + "\n")));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_one_is_there_once_and_none_is_null(string name)
    {
        var conditions = ConfigConditions.Of(Cases[name]());

        conditions.Select(condition => condition.Type).Should().Equal(Enum.GetValues<ConditionType>());
        conditions.Should().OnlyContain(condition => condition.Message != null && condition.Reason.Length > 0);
    }

    [Fact]
    public void A_rule_that_counts_for_nothing_is_shown_and_holds_nobody()
    {
        var conditions = ConfigConditions.Of(Config(Settled) with { Problems = [Conflict with { IsResolved = true }] });

        conditions.Single(condition => condition.Type == ConditionType.Accepted).Status.Should().Be(ConditionStatus.False);
        conditions.Single(condition => condition.Type == ConditionType.Ready).Status.Should().Be(ConditionStatus.True);
    }
}
