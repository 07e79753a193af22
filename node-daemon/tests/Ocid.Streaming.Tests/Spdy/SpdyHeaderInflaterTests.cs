using System.IO.Compression;
using Ocid.Streaming.Spdy;

namespace Ocid.Streaming.Tests.Spdy;

public sealed class SpdyHeaderInflaterTests : IDisposable
{
    // What zlib itself makes, with the dictionary, of streamtype=error port=80 requestid=0, and then of the same with streamtype=data.
    private const string First = "78f9e3c6a7c202253a703a2b294a4dcc851625aca9a0808614cb45a024cc64610024398b209198094adc8c0600000000ffff";
    private const string Second = "c2aa15540a2512d209000000ffff";

    private readonly SpdyHeaderInflater _inflater = new(16 * 1024);

    public void Dispose() => _inflater.Dispose();

    [Fact]
    public void Blocks_that_zlib_made_with_the_dictionary_are_read_one_after_the_other()
    {
        _inflater.Inflate(Convert.FromHexString(First)).Should().BeEquivalentTo(new Dictionary<string, string> { ["streamtype"] = "error", ["port"] = "80", ["requestid"] = "0" });
        _inflater.Inflate(Convert.FromHexString(Second))["STREAMTYPE"].Should().Be("data");
    }

    [Theory]
    [InlineData("", "no zlib stream")]
    [InlineData("ff", "no zlib stream")]
    [InlineData("1f8b08", "no zlib stream")]
    [InlineData("78f900000001", "another dictionary")]
    [InlineData("78f9e3c6", "too short")]
    [InlineData("7801ffffffffff", "cannot be inflated")]
    [InlineData("7801000400fbff00000041000000ffff", "at most 64")]
    [InlineData("7801000400fbff00000001000000ffff", "too short")]
    [InlineData("7801000800f7ff0000000100000000000000ffff", "without a name")]
    [InlineData("7801000800f7ff000000017fffffff000000ffff", "after its block")]
    [InlineData("7801000800f7ff00000001ffffffff000000ffff", "after its block")]
    public void What_is_no_block_of_headers_is_refused(string block, string reason) =>
        FluentActions.Invoking(() => _inflater.Inflate(Convert.FromHexString(block))).Should().Throw<SpdyException>().WithMessage($"*{reason}*");

    [Fact]
    public void A_small_block_that_inflates_to_a_large_one_is_refused()
    {
        var bomb = new MemoryStream();
        using var deflater = new ZLibStream(bomb, CompressionLevel.Optimal);
        deflater.Write(new byte[10_000_000]);
        deflater.Flush();
        bomb.Length.Should().BeLessThan(32 * 1024, "a frame of that size is read");

        FluentActions.Invoking(() => _inflater.Inflate(bomb.ToArray())).Should().Throw<SpdyException>().WithMessage("*more than 16384 bytes*");
    }
}
