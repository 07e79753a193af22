namespace Ocid.Toml.Tests;

public sealed class ValidDocumentTests
{
    public static TheoryData<string, string> Documents => new()
    {
        // keys
        { "", "{}" },
        { "\uFEFFa = 1", "{ a = 1 }" },
        { "# only a comment \t é 🜚", "{}" },
        { "a=1#c\r\nb = 2\r\n", "{ a = 1, b = 2 }" },
        { "1234 = 'v'\n-_ = true", "{ 1234 = \"v\", -_ = true }" },
        { "\"\" = 1\n'ʎ \"x\"' = 2", "{ \"\" = 1, \"ʎ \\\"x\\\"\" = 2 }" },
        { "a . \"b.c\" .d = 1", "{ a = { \"b.c\" = { d = 1 } } }" },
        { "3.14159 = 'pi'", "{ 3 = { 14159 = \"pi\" } }" },
        { "a.b=1\nx=0\na.c=2", "{ a = { b = 1, c = 2 }, x = 0 }" },
        { "true = 1\ninf = 2\n1979-05-27 = 3", "{ true = 1, inf = 2, 1979-05-27 = 3 }" },

        // strings
        { """a = "\b\t\n\f\r\"\\\u00e9\U0001F4A9" """, "{ a = \"\\u0008\\t\\n\\u000C\\r\\\"\\\\é💩\" }" },
        { "a = 'C:\\n\"x\"'", "{ a = \"C:\\\\n\\\"x\\\"\" }" },
        { "a = \"tab\there\"", "{ a = \"tab\\there\" }" },
        { "a = \"\"\"\none\r\ntwo\"\"\"", "{ a = \"one\\ntwo\" }" },
        { "a = \"\"\"one \\  \n\n  \t two \\\n  \"\"\"", "{ a = \"one two \" }" },
        { "a = \"\"\"\"q\"\"\"\"", "{ a = \"\\\"q\\\"\" }" },
        { "a = \"\"\"\"\"q\"\"\"\"\"", "{ a = \"\\\"\\\"q\\\"\\\"\" }" },
        { "a = '''''q'''''", "{ a = \"''q''\" }" },
        { "a = '''\n\\n \\\n'''", "{ a = \"\\\\n \\\\\\n\" }" },
        { "a = \"\"\"\"\"\"", "{ a = \"\" }" },
        { "a = ''\nb = \"\"", "{ a = \"\", b = \"\" }" },

        // integers
        { "a = [+99, 42, 0, -17, +0, -0, 1_000, 1_2_3]", "{ a = [99, 42, 0, -17, 0, 0, 1000, 123] }" },
        { "a = [0xDEADBEEF, 0xdead_beef, 0o755, 0b1101_0110, 0x00]", "{ a = [3735928559, 3735928559, 493, 214, 0] }" },
        { "a = [9223372036854775807, -9223372036854775808, 0x7fffffffffffffff]", "{ a = [9223372036854775807, -9223372036854775808, 9223372036854775807] }" },

        // floats
        { "a = [+1.0, 3.1415, -0.01, 5e+22, 1e06, -2E-2, 6.626e-34, 9_2.1_5, 0e0, -0.0]", "{ a = [1.0, 3.1415, -0.01, 5E+22, 1000000.0, -0.02, 6.626E-34, 92.15, 0.0, -0.0] }" },
        { "a = [inf, +inf, -inf, nan, +nan, -nan]", "{ a = [inf, inf, -inf, nan, nan, nan] }" },

        // booleans, dates, times
        { "a = [true, false]", "{ a = [true, false] }" },
        { "a = 1979-05-27T07:32:00Z", "{ a = 1979-05-27T07:32:00+00:00 }" },
        { "a = 1979-05-27t00:32:00.999999-07:00", "{ a = 1979-05-27T00:32:00.999999-07:00 }" },
        { "a = 1979-05-27 07:32:00z # c", "{ a = 1979-05-27T07:32:00+00:00 }" },
        { "a = 1979-05-27T07:32:00.12345678999", "{ a = 1979-05-27T07:32:00.1234567 }" },
        { "a = 2000-02-29 \nb = 07:32:00.5\nc = 23:59:59", "{ a = 2000-02-29, b = 07:32:00.5, c = 23:59:59 }" },
        { "a = 1979-05-27T07:32:00+23:59", "{ a = 1979-05-26T07:33:00+00:00 }" },

        // arrays and inline tables
        { "a = []\nb = [ ]\nc = [ # c\n 1, # one\n\n 2 # two\n , ]", "{ a = [], b = [], c = [1, 2] }" },
        { "a = [1, 'two', 3.0, [4], {five = 5}]", "{ a = [1, \"two\", 3.0, [4], { five = 5 }] }" },
        { "a = {}\nb = { x.y = 1, x.z = 2, \"q\" = [\n1] }", "{ a = {}, b = { x = { y = 1, z = 2 }, q = [1] } }" },

        // tables
        { "[a]\n[b]\nx=1", "{ a = {}, b = { x = 1 } }" },
        { "[ j . \"ʞ\" . 'l' ]\nx=1", "{ j = { \"ʞ\" = { l = { x = 1 } } } }" },
        { "[x.y.z.w]\n[x]\na=1", "{ x = { y = { z = { w = {} } }, a = 1 } }" },
        { "[fruit]\napple.color='red'\napple.taste.sweet=true\n[fruit.apple.texture]\nsmooth=true", "{ fruit = { apple = { color = \"red\", taste = { sweet = true }, texture = { smooth = true } } } }" },
        { "[a.b.c]\nz=1\n[a]\nb.x=2", "{ a = { b = { c = { z = 1 }, x = 2 } } }" },
        { "[[p]]\nname='h'\n[[p]]\n[[p]]\nname='n'", "{ p = [{ name = \"h\" }, {}, { name = \"n\" }] }" },
        { "[[f]]\nn='a'\n[f.p]\nc=1\n[[f.v]]\nn='x'\n[[f.v]]\n[[f]]\n[[f.v]]\nn='y'\n[f.p]", "{ f = [{ n = \"a\", p = { c = 1 }, v = [{ n = \"x\" }, {}] }, { v = [{ n = \"y\" }], p = {} }] }" },
        { "[a]\n[[a.b]]\n[a.b.c]\nd=1", "{ a = { b = [{ c = { d = 1 } }] } }" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_valid_document_has_the_values_it_says(string toml, string values) => Plain.Of(toml).Should().Be(values);

    [Fact]
    public void Values_know_where_they_stand()
    {
        var table = TomlParser.Parse("'é' = '''x\n'''\n[a]\n  b.c = [ 1,\n    \"🜚\", 2 ]\n");

        var array = (TomlArray)table.Table("a")!.Table("b")!["c"]!;
        array.Position.Should().Be(new TomlPosition(4, 9));
        array[1].Position.Should().Be(new TomlPosition(5, 5));
        array[2].Position.Should().Be(new TomlPosition(5, 10), "a character beyond the basic plane is one column");
        table.Table("a")!.Entries[0].KeyPosition.Should().Be(new TomlPosition(4, 3));
    }
}
