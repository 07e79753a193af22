using Ocid.Operator.Rollouts;

namespace Ocid.Operator.Tests.Rollouts;

public sealed class NodeCountTests
{
    [Theory]
    [InlineData("3", 1000, 3)]
    [InlineData("10%", 1000, 100)]
    [InlineData("10%", 19, 1)]
    [InlineData("10%", 3, 1)]
    [InlineData("100%", 7, 7)]
    public void It_is_a_number_of_nodes_or_a_share_of_them(string text, int nodes, int count) => NodeCount.Parse(text).Of(nodes).Should().Be(count);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0%")]
    [InlineData("101%")]
    [InlineData("-1")]
    [InlineData("%")]
    [InlineData("many")]
    public void None_is_not_one(string text) => NodeCount.TryParse(text, out _).Should().BeFalse();
}
