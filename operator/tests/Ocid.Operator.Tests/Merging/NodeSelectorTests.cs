using Ocid.Operator.Merging;

namespace Ocid.Operator.Tests.Merging;

public sealed class NodeSelectorTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["pool"] = "x" };

    [Theory]
    [InlineData(nameof(SelectorOperator.In), "pool", true)]
    [InlineData(nameof(SelectorOperator.In), "zone", false)]
    [InlineData(nameof(SelectorOperator.NotIn), "pool", false)]
    [InlineData(nameof(SelectorOperator.NotIn), "zone", true)]
    [InlineData(nameof(SelectorOperator.Exists), "pool", true)]
    [InlineData(nameof(SelectorOperator.Exists), "zone", false)]
    [InlineData(nameof(SelectorOperator.DoesNotExist), "pool", false)]
    [InlineData(nameof(SelectorOperator.DoesNotExist), "zone", true)]
    public void A_term_asks_one_label(string asked, string key, bool matches) =>
        new NodeSelector([new SelectorTerm(key, Enum.Parse<SelectorOperator>(asked), ["x"])]).Matches(Labels).Should().Be(matches);

    [Fact]
    public void Every_term_counts_and_none_is_everything()
    {
        new NodeSelector([new("pool", SelectorOperator.Exists, []), new("zone", SelectorOperator.Exists, [])]).Matches(Labels).Should().BeFalse();
        NodeSelector.Everything.Matches(Labels).Should().BeTrue();
    }
}
