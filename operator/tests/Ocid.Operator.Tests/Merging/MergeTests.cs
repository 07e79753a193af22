using Ocid.Operator.Merging;

namespace Ocid.Operator.Tests.Merging;

public sealed class MergeTests
{
    private static readonly RegistryRule Mirrored = new() { Prefix = "docker.io", Mirrors = [new MirrorRule("mirror.example/hub")] };

    [Fact]
    public void The_highest_priority_that_sets_a_value_wins_and_is_named()
    {
        var merged = Merge.Of([A.Layer("low", 0, (Fields.StorageRoot, "/low"), (Fields.LogLevel, "Debug")), A.Layer("high", 10, (Fields.StorageRoot, "/high"))]);

        merged.Problems.Should().BeEmpty();
        merged.Configuration.Layers.Select(layer => layer.Name).Should().Equal("high", "low");
        merged.Configuration.Fields.Select(field => (field.Name, field.Value, field.From.Single().Name)).Should().Equal(
            (Fields.LogLevel, "\"Debug\"", "low"), (Fields.StorageRoot, "\"/high\"", "high"));
    }

    [Fact]
    public void Two_of_one_priority_that_disagree_are_a_conflict_that_names_both()
    {
        var merged = Merge.Of([A.Layer("b", 5, (Fields.StorageRoot, "/b")), A.Layer("a", 5, (Fields.StorageRoot, "/a"))]);

        merged.IsHeld.Should().BeTrue();
        var problem = merged.Problems.Should().ContainSingle().Subject;
        problem.Kind.Should().Be(ProblemKind.Conflicted);
        problem.Configs.Should().Equal("a", "b");
        problem.ToString().Should().Be("storage.root: RuntimeConfigs a and b have the same priority 5 and say different things; give one of them another priority");
    }

    [Fact]
    public void Two_of_one_priority_that_agree_are_none() =>
        Merge.Of([A.Layer("b", 5, (Fields.StorageRoot, "/a")), A.Layer("a", 5, (Fields.StorageRoot, "/a"))]).Problems.Should().BeEmpty();

    [Fact]
    public void A_disagreement_below_the_one_that_decides_is_none() =>
        Merge.Of([A.Layer("a", 5, (Fields.StorageRoot, "/a")), A.Layer("b", 1, (Fields.StorageRoot, "/b")), A.Layer("c", 1, (Fields.StorageRoot, "/c"))])
            .Problems.Should().BeEmpty();

    [Fact]
    public void A_registry_is_taken_whole()
    {
        var low = A.Layer("low").With(new RegistryRule { Prefix = "docker.io", Location = "elsewhere.example", IsInsecure = true });
        var high = A.Layer("high", 1).With(Mirrored);

        Merge.Of([low, high]).Configuration.Registries.Should().Equal(Mirrored);
    }

    [Fact]
    public void Blocked_is_a_union()
    {
        var low = A.Layer("low").With(new RegistryRule { Prefix = "docker.io", IsBlocked = true });
        var high = A.Layer("high", 1).With(Mirrored);

        var merged = Merge.Of([low, high]);

        merged.Configuration.Registries.Should().ContainSingle().Which.Should().Be(Mirrored with { IsBlocked = true });
        merged.Configuration.ConfigsOf("registries.items[docker.io].blocked").Should().Equal("low");
    }

    [Fact]
    public void Who_only_blocks_overrides_and_contradicts_nobody()
    {
        var blocking = A.Layer("blocking", 5).With(new RegistryRule { Prefix = "docker.io", IsBlocked = true });

        Merge.Of([blocking, A.Layer("same", 5).With(Mirrored)]).Problems.Should().BeEmpty();
        Merge.Of([blocking, A.Layer("lower").With(Mirrored)]).Configuration.Registries.Single().Mirrors.Should().Equal(Mirrored.Mirrors);
    }

    [Fact]
    public void The_order_in_which_they_are_given_does_not_count()
    {
        Layer[] layers = [A.Layer("a", 1, (Fields.StorageRoot, "/a")), A.Layer("b", 2).With(Mirrored), A.Layer("c", 3, (Fields.LogLevel, "Info"))];

        var first = Merge.Of(layers).Configuration;
        var second = Merge.Of(layers.Reverse()).Configuration;

        second.Fields.Select(field => (field.Name, field.Value)).Should().Equal(first.Fields.Select(field => (field.Name, field.Value)));
        second.Layers.Should().Equal(first.Layers);
    }
}
