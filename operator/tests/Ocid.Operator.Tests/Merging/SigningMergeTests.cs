using Ocid.Operator.Merging;

namespace Ocid.Operator.Tests.Merging;

public sealed class SigningMergeTests
{
    private static readonly SigningRequirement Corp = A.SignedWith("corp");
    private static readonly SigningRequirement Team = A.SignedWith("team");

    private static SigningView Node(MergeResult merged) => merged.Configuration.Signing[0];

    private static IReadOnlyList<SigningRequirement> Asked(MergeResult merged, string scope) => Node(merged).RuleFor(scope).Requirements;

    [Fact]
    public void Nobody_who_says_anything_is_no_policy() => Merge.Of([A.Layer("a")]).Configuration.Signing.Should().BeEmpty();

    [Fact]
    public void The_most_specific_scope_counts()
    {
        var merged = Merge.Of([A.Layer("a").Signing(A.Reject, enforced: false, A.Policy("registry.example", Corp), A.Policy("registry.example/team", Team), A.Policy("*.example", A.Accept))]);

        Asked(merged, "registry.example/team/app:1").Should().Equal(Team);
        Asked(merged, "registry.example/teams/app:1").Should().Equal(Corp);
        Asked(merged, "other.example/app").Should().Equal(A.Accept);
        Asked(merged, "docker.io/library/busybox:latest").Should().Equal(A.Reject);
    }

    [Fact]
    public void Without_enforcement_a_lower_priority_may_accept_below_what_a_higher_one_rejects()
    {
        var merged = Merge.Of([A.Layer("high", 1).Signing(A.Reject, enforced: false), A.Layer("low").Signing(null, enforced: false, A.Policy("registry.example", Corp))]);

        merged.Problems.Should().BeEmpty();
        Asked(merged, "registry.example/app").Should().Equal(Corp);
    }

    [Fact]
    public void With_enforcement_it_may_not_and_is_told_so()
    {
        var merged = Merge.Of([A.Layer("high", 10).Signing(A.Reject, enforced: true), A.Layer("low").Signing(null, enforced: false, A.Policy("registry.example", Corp))]);

        Asked(merged, "registry.example/app").Should().Equal(A.Reject);
        merged.IsHeld.Should().BeFalse("what comes out is what is enforced");
        var problem = merged.Problems.Should().ContainSingle().Subject;
        problem.Configs.Should().Equal("low");
        problem.ToString().Should().Be(
            "signing.policies[registry.example]: RuntimeConfig high enforces \"reject\" with priority 10; RuntimeConfig low with priority 0 may only tighten that");
    }

    [Fact]
    public void With_enforcement_a_lower_priority_adds_its_requirement_to_the_enforced_one()
    {
        var merged = Merge.Of(
        [
            A.Layer("high", 10).Signing(A.Accept, enforced: true, A.Policy("registry.example", Corp)),
            A.Layer("low").Signing(A.Reject, enforced: false, A.Policy("registry.example/team", Team), A.Policy("other.example", Team)),
        ]);

        merged.Problems.Should().BeEmpty();
        Asked(merged, "registry.example/team/app").Should().Equal(Corp, Team);
        Asked(merged, "registry.example/app").Should().Equal(Corp);
        Asked(merged, "other.example/app").Should().Equal(Team);
        Asked(merged, "docker.io/library/busybox").Should().Equal(A.Reject);
        Node(merged).Scopes["registry.example/team"].From.Select(layer => layer.Name).Should().Equal("high", "low");
    }

    [Fact]
    public void A_higher_priority_is_not_bound_by_what_a_lower_one_enforces()
    {
        var merged = Merge.Of([A.Layer("high", 10).Signing(A.Accept, enforced: false), A.Layer("low").Signing(A.Reject, enforced: true)]);

        merged.Problems.Should().BeEmpty();
        Asked(merged, "docker.io/library/busybox").Should().Equal(A.Accept);
    }

    [Fact]
    public void One_scope_at_one_priority_with_two_answers_is_a_conflict()
    {
        var merged = Merge.Of([A.Layer("a").Signing(null, false, A.Policy("registry.example", Corp)), A.Layer("b").Signing(null, false, A.Policy("registry.example", Team))]);

        merged.IsHeld.Should().BeTrue();
        merged.Problems.Should().ContainSingle().Which.Configs.Should().Equal("a", "b");
    }

    [Fact]
    public void A_namespace_has_its_own_rules_on_top_of_the_nodes()
    {
        var merged = Merge.Of([A.Layer("a").Signing(A.Accept, false, A.Policy("registry.example", Corp), A.Policy("registry.example", Team, "team"))]);

        merged.Problems.Should().BeEmpty();
        merged.Configuration.Signing.Select(view => view.Namespace).Should().Equal("", "team");
        Asked(merged, "registry.example/app").Should().Equal(Corp);
        merged.Configuration.Signing[1].RuleFor("registry.example/app").Requirements.Should().Equal(Team);
    }

    [Fact]
    public void No_namespace_gets_around_what_is_enforced()
    {
        var merged = Merge.Of(
        [
            A.Layer("high", 10).Signing(null, true, A.Policy("registry.example", Corp)),
            A.Layer("low").Signing(null, false, A.Policy("registry.example/team", A.Accept, "team")),
        ]);

        merged.Configuration.Signing[1].RuleFor("registry.example/team/app").Requirements.Should().Equal(Corp);
        merged.Problems.Should().ContainSingle().Which.Configs.Should().Equal("low");
    }
}
