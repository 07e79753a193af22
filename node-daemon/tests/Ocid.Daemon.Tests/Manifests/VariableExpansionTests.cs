using Ocid.Daemon.Manifests;

namespace Ocid.Daemon.Tests.Manifests;

public sealed class VariableExpansionTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["A"] = "one", ["B"] = "$(A)" };

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("-$(A)-$(A)", "-one-one")]
    [InlineData("$(B)", "$(A)")]
    [InlineData("$(NONE)", "$(NONE)")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("$$$(A)", "$one")]
    [InlineData("$A ${A} $", "$A ${A} $")]
    [InlineData("$(A", "$(A")]
    [InlineData("$()", "$()")]
    public void Names_in_brackets_are_expanded_once(string text, string expanded) => VariableExpansion.Expand(text, Variables).Should().Be(expanded);
}
