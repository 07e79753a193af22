namespace Ocid.Toml.Tests;

public sealed class TomlTableTests
{
    private readonly TomlTable _table = TomlParser.Parse("""
        text = "t"
        number = 1
        list = ["a", "b"]
        mixed = ["a", 1]

        [[items]]
        name = "first"
        """);

    [Fact]
    public void Typed_readers_answer_the_value_or_null()
    {
        _table.String("text").Should().Be("t");
        _table.Integer("number").Should().Be(1);
        _table.Strings("list").Should().Equal("a", "b");
        _table.Tables("items").Should().ContainSingle().Which.String("name").Should().Be("first");
        _table.Boolean("absent").Should().BeNull();
        _table.Tables("absent").Should().BeNull();
    }

    [Fact]
    public void A_value_of_another_kind_is_refused_with_key_and_place()
    {
        var text = () => _table.String("number");
        var list = () => _table.Strings("mixed");

        text.Should().Throw<TomlException>().WithMessage("2:10: number: want a string, found an integer");
        list.Should().Throw<TomlException>().WithMessage("4:15: mixed: want an array of strings, found an integer");
    }
}
