using FsCheck.Xunit;
using Ocid.Operator.Planning;

namespace Ocid.Operator.Tests.Planning;

public sealed class LineDiffTests
{
    [Fact]
    public void It_shows_what_differs_with_two_lines_around_it() =>
        LineDiff.Between("1\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\nfour\n5\n6\n7\n").Should().Equal("…", " 2", " 3", "-4", "+four", " 5", " 6", "…");

    [Fact]
    public void Nothing_before_is_all_new() => LineDiff.Between("", "a\nb\n").Should().Equal("+a", "+b");

    [Fact]
    public void The_same_is_no_difference() => LineDiff.Between("a\n", "a\n").Should().NotContain(line => line.StartsWith('-') || line.StartsWith('+'));

    [Property(MaxTest = 300)]
    public void What_goes_and_what_comes_leads_from_one_to_the_other(int seed)
    {
        var chance = new Random(seed);
        var (before, after) = (Text(chance), Text(chance));

        var lines = LineDiff.Between(before, after);

        Only(lines, '-').Should().BeSubsetOf(before.Split('\n'));
        Only(lines, '+').Should().BeSubsetOf(after.Split('\n'));
        (Count(before) - Only(lines, '-').Count).Should().Be(Count(after) - Only(lines, '+').Count, "what stays is the same in both");
    }

    private static int Count(string text) => text.Length == 0 ? 0 : text.TrimEnd('\n').Split('\n').Length;

    private static List<string> Only(IEnumerable<string> lines, char mark) => [.. lines.Where(line => line[0] == mark).Select(line => line[1..])];

    private static string Text(Random chance) => string.Concat(Enumerable.Range(0, chance.Next(12)).Select(_ => $"{(char)('a' + chance.Next(4))}\n"));
}
