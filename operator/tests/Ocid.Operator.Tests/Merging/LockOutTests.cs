using Ocid.Operator.Merging;

namespace Ocid.Operator.Tests.Merging;

public sealed class LockOutTests
{
    private static readonly ProtectedImage Agent = A.Agent("registry.example/ocid/node:0.1.0");

    private static IEnumerable<MergeProblem> Of(params Layer[] layers) => LockOut.Of(Merge.Of(layers).Configuration, [Agent]);

    [Fact]
    public void A_policy_that_rejects_what_the_node_needs_is_refused()
    {
        var problem = Of(A.Layer("strict").Signing(A.Reject, false)).Should().ContainSingle().Subject;

        problem.Kind.Should().Be(ProblemKind.WouldLockOut);
        problem.Configs.Should().Equal("strict");
        problem.ToString().Should().Be(
            "signing.default: it rejects registry.example/ocid/node:0.1.0, the image of the agent, without which the node could not be changed again; except that image from the rule");
    }

    [Fact]
    public void A_policy_that_excepts_it_is_not() =>
        Of(A.Layer("strict").Signing(A.Reject, false, A.Policy("registry.example/ocid", A.SignedWith("key")))).Should().BeEmpty();

    [Fact]
    public void The_policy_of_its_namespace_counts()
    {
        Of(A.Layer("strict").Signing(A.Accept, false, A.Policy("registry.example", A.Reject, "ocid-system"))).Should().ContainSingle();
        Of(A.Layer("strict").Signing(A.Accept, false, A.Policy("registry.example", A.Reject, "other"))).Should().BeEmpty();
    }

    [Theory]
    [InlineData("registry.example", true)]
    [InlineData("REGISTRY.example/ocid", true)]
    [InlineData("*.example", true)]
    [InlineData("registry.example/oci", false)]
    [InlineData("other.example", false)]
    public void A_registry_that_is_blocked_and_that_it_is_pulled_from_is_refused(string prefix, bool refused) =>
        Of(A.Layer("a").With(new RegistryRule { Prefix = prefix, IsBlocked = true })).Should().HaveCount(refused ? 1 : 0);

    [Fact]
    public void A_more_specific_registry_that_is_not_blocked_saves_it() =>
        Of(A.Layer("a").With(new RegistryRule { Prefix = "registry.example", IsBlocked = true }, new RegistryRule { Prefix = "registry.example/ocid" })).Should().BeEmpty();
}
