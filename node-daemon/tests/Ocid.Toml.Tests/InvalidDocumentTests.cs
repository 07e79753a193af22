using System.Text;

namespace Ocid.Toml.Tests;

public sealed class InvalidDocumentTests
{
    public static TheoryData<string, string> Documents => new()
    {
        // lines and keys
        { "a", "1:2: expected '=' after key a, found the end of the document" },
        { "= 1", "1:1: expected a key, found '='" },
        { "a = 1 b = 2", "1:7: expected the end of the line, found 'b'" },
        { "a =\n1", "1:4: expected a value, found the end of the line" },
        { "a = # c", "1:5: expected a value, found '#'" },
        { "a. = 1", "1:4: expected a key, found '='" },
        { "é = 1 2", "1:1: expected a key, found 'é'" },
        { "\"\"\"a\"\"\" = 1", "1:1: a key cannot be a multi-line string" },
        { "'a\nb' = 1", "1:1: the string is not closed on its line" },
        { "a\n= 1", "1:2: expected '=' after key a, found the end of the line" },
        { "a = 1\rb = 2", "1:6: expected the end of the line, found a carriage return without a line feed" },
        { "# \u0000", "1:3: control character U+0000 may not stand in a comment" },
        { "# \u007f", "1:3: control character U+007F may not stand in a comment" },
        { "# bare \r cr", "1:8: a carriage return without a line feed may not stand in a comment" },

        // strings
        { "a = \"b", "1:5: the string is not closed on its line" },
        { "a = \"b\nc\"", "1:5: the string is not closed on its line" },
        { "\na = '''b", "2:5: the multi-line string is not closed" },
        { "a = \"\\x41\"", "1:6: unknown escape: backslash and 'x' (a literal string, in single quotes, has no escapes)" },
        { "a = \"\\u12G4\"", "1:6: a unicode escape needs 4 hexadecimal digits" },
        { "a = \"\\uD800\"", "1:6: U+D800 is no unicode character" },
        { "a = \"\\U00110000\"", "1:6: U+110000 is no unicode character" },
        { "a = \"\\UFFFFFFFF\"", "1:6: U+FFFFFFFF is no unicode character" },
        { "a = \"x\u0001\"", "1:7: control character U+0001 may not stand in a string" },
        { "a = '''x\ry'''", "1:9: a carriage return without a line feed may not stand in a multi-line string" },
        { "a = \"\"\"x \\ y\"\"\"", "1:10: a backslash before blanks must end its line" },
        { "a = \"\"\"x\"\"\"\"\"\"", "1:14: expected the end of the line, found '\"'" },
        { "a = \"\\ \"", "1:6: unknown escape: backslash and ' ' (a literal string, in single quotes, has no escapes)" },

        // scalars
        { "a = word", "1:5: word: a string must be in quotes" },
        { "a = True", "1:5: True: booleans are in lower case" },
        { "a = 01", "1:5: 01: a number may not begin with zero" },
        { "a = -01.5", "1:5: -01.5: a number may not begin with zero" },
        { "a = 1__2", "1:5: 1__2: an underscore must stand between two digits" },
        { "a = 1_", "1:5: 1_: an underscore must stand between two digits" },
        { "a = _1", "1:5: _1: a string must be in quotes" },
        { "a = 0X1", "1:5: 0X1: neither a number nor a date" },
        { "a = +0x1", "1:5: +0x1: neither a number nor a date" },
        { "a = 0x", "1:5: 0x: neither a number nor a date" },
        { "a = 0b2", "1:5: 0b2: neither a number nor a date" },
        { "a = ++1", "1:5: ++1: neither a number nor a date" },
        { "a = .5", "1:5: .5: neither a number nor a date" },
        { "a = 5.", "1:5: 5.: neither a number nor a date" },
        { "a = 5.e1", "1:5: 5.e1: neither a number nor a date" },
        { "a = 1e", "1:5: 1e: neither a number nor a date" },
        { "a = 1e1.5", "1:5: 1e1.5: neither a number nor a date" },
        { "a = 9223372036854775808", "1:5: the integer does not fit into 64 bits" },
        { "a = -9223372036854775809", "1:5: the integer does not fit into 64 bits" },
        { "a = 0xffffffffffffffff", "1:5: the integer does not fit into 64 bits" },
        { "a = 1e999", "1:5: the float is too large" },
        { "a = Inf", "1:5: Inf: a string must be in quotes" },
        { "a = 2021-02-29", "1:5: 2021-02-29: no such day" },
        { "a = 0000-01-01", "1:5: 0000-01-01: no such day" },
        { "a = 24:00:00", "1:5: 24:00:00: no such time" },
        { "a = 07:32", "1:5: 07:32: neither a number nor a date" },
        { "a = 2021-01-01T", "1:5: 2021-01-01T: neither a number nor a date" },
        { "a = 2021-1-1", "1:5: 2021-1-1: neither a number nor a date" },
        { "a = 07:32:00Z", "1:5: 07:32:00Z: neither a number nor a date" },
        { "a = 2021-01-01T00:00:00+24:00", "1:5: +24:00: no such offset" },
        { "a = 0001-01-01T00:00:00+01:00", "1:5: the moment is outside the years 1 to 9999" },
        { "a = 2021-01-01  00:00:00", "1:17: expected the end of the line, found '0'" },

        // arrays and inline tables
        { "a = [1 2]", "1:8: expected ',' or ']' in the array that begins at 1:5, found '2'" },
        { "a = [1,,2]", "1:8: expected a value, found ','" },
        { "a = [,]", "1:6: expected a value, found ','" },
        { "a = [1", "1:7: expected ',' or ']' in the array that begins at 1:5, found the end of the document" },
        { "a = {b = 1,}", "1:12: an inline table may not end with a comma" },
        { "a = {b = 1\n}", "1:11: expected ',' or '}' in the inline table that begins at 1:5, found the end of the line" },
        { "a = {b = 1, b = 2}", "1:13: b is defined already, at 1:6" },
        { "a = {b = {c = 1}, b.d = 2}", "1:19: b is defined already, at 1:6, and cannot be added to here" },

        // headers and redefinition
        { "[a", "1:3: expected ']' after a, found the end of the document" },
        { "[]", "1:2: expected a key, found ']'" },
        { "[a]]", "1:4: expected the end of the line, found ']'" },
        { "[[a] ]", "1:4: expected ']]' after a, found ']'" },
        { "[a] b = 1", "1:5: expected the end of the line, found 'b'" },
        { "a = 1\na = 2", "2:1: a is defined already, at 1:1" },
        { "a = 1\n'a' = 2", "2:1: a is defined already, at 1:1" },
        { "a.b = 1\na = 2", "2:1: a is defined already, at 1:1" },
        { "a = 1\na.b = 2", "2:1: a is defined already, at 1:1, and cannot be added to here" },
        { "[a]\n[a]", "2:2: a is defined already, at 1:2" },
        { "[a]\nb = 1\n[a.b]", "3:4: a.b is defined already, at 2:1" },
        { "[fruit]\napple.color = 1\n[fruit.apple]", "3:8: fruit.apple is defined already, at 2:1" },
        { "[a.b.c]\nz = 9\n[a]\nb.c.t = 1", "4:3: b.c is defined already, at 1:6, and cannot be added to here" },
        { "[a.b]\nx.y = 1\n[a]\nb.x.z = 2", "4:1: b is defined already, at 1:4, and cannot be added to here" },
        { "a = {}\n[a.b]", "2:2: a is a finished value, defined at 1:1, and takes no sub-table" },
        { "a = [{}]\n[[a]]", "2:3: a is defined already, at 1:1, and is no array of tables" },
        { "a = [{}]\n[a.b]", "2:2: a is a finished value, defined at 1:1, and takes no sub-table" },
        { "[[a]]\n[a]", "2:2: a is defined already, at 1:3" },
        { "[a]\n[[a]]", "2:3: a is defined already, at 1:2, and is no array of tables" },
        { "[a.b]\n[[a]]", "2:3: a is defined already, at 1:2, and is no array of tables" },
        { "[[a.b]]\n[a]\nb.c = 1", "3:1: b is defined already, at 1:5, and cannot be added to here" },
        { "a.b = {c = 1}\na.b.d = 2", "2:3: a.b is defined already, at 1:3, and cannot be added to here" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void An_invalid_document_is_refused_with_place_and_reason(string toml, string message)
    {
        var parse = () => TomlParser.Parse(toml);

        parse.Should().Throw<TomlException>().Which.Message.Should().StartWith(message);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused()
    {
        foreach (var half in new[] { "\ud800", "\udc00", "\udc00\ud800" })
        {
            var parse = () => TomlParser.Parse($"a = '{half}'");

            parse.Should().Throw<TomlException>().WithMessage("1:6: half of a surrogate pair");
        }
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused_where_they_stand()
    {
        var parse = () => TomlParser.Parse([.. "a = 1\né = '"u8, 0xff, (byte)'\'']);

        parse.Should().Throw<TomlException>().WithMessage("2:6: the document is not UTF-8");
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a=", "}")]
    [InlineData("[{a.b.c=", "}]")]
    public void Deep_nesting_is_refused_before_it_costs_the_stack(string open, string close)
    {
        const int Levels = 100_000;
        var text = new StringBuilder("a = ").Insert(4, open, Levels).Append('1').Insert(4 + (Levels * open.Length) + 1, close, Levels).ToString();

        var parse = () => TomlParser.Parse(text);

        parse.Should().Throw<TomlException>().Which.Reason.Should().Be("tables and arrays nest deeper than 100 levels");
    }

    [Theory]
    [InlineData("[{0}]")]
    [InlineData("[[{0}]]")]
    [InlineData("{0} = 1")]
    public void A_key_of_very_many_parts_is_refused(string form)
    {
        var parse = () => TomlParser.Parse(string.Format(null, form, string.Join('.', Enumerable.Repeat("a", 102))));

        parse.Should().Throw<TomlException>().Which.Reason.Should().Be("tables and arrays nest deeper than 100 levels");
    }

    [Fact]
    public void A_document_beyond_the_limit_is_refused()
    {
        var parse = () => TomlParser.Parse("a = 12345", new TomlLimits { Characters = 8 });

        parse.Should().Throw<TomlException>().WithMessage("1:1: the document is longer than 8 characters");
    }

    [Fact]
    public void A_megabyte_in_one_line_takes_no_quadratic_time()
    {
        var array = TomlParser.Parse("a = [" + string.Concat(Enumerable.Repeat("1,", 500_000)) + "]")["a"];

        array.Should().BeOfType<TomlArray>().Which.Count.Should().Be(500_000);
    }
}
