using System.Text;
using Ocid.Streaming.WebSockets;

namespace Ocid.Streaming.Tests.WebSockets;

public sealed class Base64ChunksTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void Text_that_is_cut_anywhere_is_decoded(int size)
    {
        var bytes = TestServer.RandomBytes(1000);
        var text = Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes));
        var chunks = new Base64Chunks();
        var decoded = new List<byte>();
        var output = new byte[64];

        foreach (var chunk in text.Chunk(size))
            decoded.AddRange(output[..chunks.Decode(chunk, output)]);

        decoded.Should().Equal(bytes);
    }

    [Fact]
    public void What_is_not_base64_is_refused() =>
        FluentActions.Invoking(() => new Base64Chunks().Decode("!!!!"u8, new byte[8])).Should().Throw<IOException>();
}
