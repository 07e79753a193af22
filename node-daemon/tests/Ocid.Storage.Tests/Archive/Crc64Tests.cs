using Ocid.Storage.Archive;

namespace Ocid.Storage.Tests.Archive;

public sealed class Crc64Tests
{
    [Theory]
    [InlineData("", "0000000000000000")]
    [InlineData("a", "3420000000000000")]
    [InlineData("abcdefgh", "0E21B002D36776C4")]
    public void The_sum_is_that_of_iso(string text, string expected)
    {
        Span<byte> sum = stackalloc byte[8];
        var crc = new Crc64();
        crc.Append(System.Text.Encoding.ASCII.GetBytes(text));
        crc.CopyTo(sum);

        Convert.ToHexString(sum).Should().Be(expected);
    }

    // By 64 bytes and more at once, and by the few that the tables do.
    [Theory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(192)]
    [InlineData(1000)]
    [InlineData(65_537)]
    public void Pieces_and_the_whole_have_one_sum(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        Span<byte> whole = stackalloc byte[8], pieces = stackalloc byte[8];

        var crc = new Crc64();
        crc.Append(bytes);
        crc.CopyTo(whole);
        crc = new Crc64();
        for (var at = 0; at < bytes.Length; at += 7)
            crc.Append(bytes.AsSpan(at, Math.Min(7, bytes.Length - at)));
        crc.CopyTo(pieces);

        pieces.ToArray().Should().Equal(whole.ToArray());
    }
}
