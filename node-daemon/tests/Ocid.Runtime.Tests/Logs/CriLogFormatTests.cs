using System.Text;
using Ocid.Runtime.Logs;

namespace Ocid.Runtime.Tests.Logs;

public sealed class CriLogFormatTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Head = "2026-01-02T12:00:00.000000000Z stdout ";

    private static (string Log, int Consumed) Format(string input, bool atEnd = false, int outputSize = 200_000)
    {
        var output = new byte[outputSize];
        var written = CriLogFormat.Format(Encoding.UTF8.GetBytes(input), atEnd, Noon, "stdout"u8, output, out var consumed);
        return (Encoding.UTF8.GetString(output, 0, written), consumed);
    }

    [Fact]
    public void A_line_becomes_a_full_line() => Format("hello\n").Should().Be((Head + "F hello\n", 6));

    [Fact]
    public void An_empty_line_stays_one() => Format("\n").Should().Be((Head + "F \n", 1));

    [Fact]
    public void What_follows_the_last_newline_waits() => Format("a\nb").Should().Be((Head + "F a\n", 2));

    [Fact]
    public void At_the_end_the_rest_is_partial() => Format("a\nb", atEnd: true).Should().Be((Head + "F a\n" + Head + "P b\n", 3));

    [Fact]
    public void A_line_of_exactly_16_KiB_is_whole() =>
        Format(new string('x', 16384) + "\n").Should().Be((Head + "F " + new string('x', 16384) + "\n", 16385));

    [Fact]
    public void A_longer_line_is_split() =>
        Format(new string('x', 16385) + "\n").Should().Be((Head + "P " + new string('x', 16384) + "\n" + Head + "F x\n", 16386));

    [Fact]
    public void A_line_that_may_still_end_at_16_KiB_waits() => Format(new string('x', 16384)).Should().Be(("", 0));

    [Fact]
    public void A_full_output_takes_only_what_fits() => Format("a\nb\nc\n", outputSize: (Head.Length + 4) * 2).Consumed.Should().Be(4);
}
