using Ocid.Cri.State;
using Ocid.Primitives;

namespace Ocid.Cri.Tests.State;

public sealed class IdIndexTests
{
    private readonly IdIndex<string> _index = new("container");

    public IdIndexTests()
    {
        _index.Add("abc1", "one");
        _index.Add("abc2", "two");
        _index.Add("b", "three");
        _index.Add("bb", "four");
    }

    [Theory]
    [InlineData("abc1", "one")]
    [InlineData("b", "three")]
    [InlineData("bb", "four")]
    public void A_whole_id_is_found_even_if_it_begins_another(string id, string item)
    {
        _index.TryGet(id, out var found).Should().BeTrue();
        found.Should().Be(item);
    }

    [Fact]
    public void An_ambiguous_prefix_is_refused() =>
        FluentActions.Invoking(() => _index.TryGet("abc", out _)).Should().Throw<OcidException>().Which.Kind.Should().Be(ErrorKind.InvalidArgument);

    [Fact]
    public void An_unknown_prefix_is_not_found() => _index.TryGet("x", out _).Should().BeFalse();
}
