using System.IO.Compression;
using Ocid.Linux.Compression;
using Ocid.Primitives;
using Ocid.Storage.Archive;
using Ocid.Testing;

namespace Ocid.Storage.Tests.Archive;

public sealed class LayerDecompressionTests
{
    private static readonly byte[] Text = MakeText();

    public static TheoryData<GzipEngine> Engines => [GzipEngine.Isal, GzipEngine.Zlib];

    [SkippableTheory]
    [MemberData(nameof(Engines))]
    public void Gzip_is_inflated(GzipEngine engine)
    {
        SkipWithout(engine);
        Read(Gzip(Text), engine).Should().Be(Content(LayerCompression.Gzip, Text));
    }

    [SkippableTheory]
    [MemberData(nameof(Engines))]
    public void Members_of_gzip_one_after_the_other_are_one_archive(GzipEngine engine)
    {
        SkipWithout(engine);
        Read([.. Gzip(Text), .. Gzip([]), .. Gzip(Text[..100_000])], engine).Should().Be(Content(LayerCompression.Gzip, [.. Text, .. Text[..100_000]]));
    }

    [SkippableTheory]
    [MemberData(nameof(Engines))]
    public void What_follows_the_last_member_is_no_part_of_the_archive(GzipEngine engine)
    {
        SkipWithout(engine);
        Read([.. Gzip(Text), .. new byte[700]], engine).Should().Be(Content(LayerCompression.Gzip, Text));
    }

    [SkippableTheory]
    [MemberData(nameof(Engines))]
    public void Gzip_that_is_wrong_is_refused(GzipEngine engine)
    {
        SkipWithout(engine);
        var wrong = Gzip(Text);
        wrong[^6] ^= 1; // in the checksum
        var garbled = Gzip(Text);
        Array.Fill(garbled, (byte)0xff, 1000, 100);

        // Of what is cut off .NET's own says nothing; the digests do.
        foreach (var blob in engine == GzipEngine.Isal ? new[] { wrong, garbled, Gzip(Text)[..5000] } : [wrong, garbled])
            FluentActions.Invoking(() => Read(blob, engine)).Should().Throw<InvalidDataException>();
    }

    [SkippableFact]
    public async Task Frames_of_zstd_are_one_archive_and_skippable_ones_none()
    {
        var frame = await ZstdAsync(Text);
        byte[] skippable = [0x5e, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4];

        Read([.. skippable, .. frame, .. skippable, .. frame, .. skippable]).Should().Be(Content(LayerCompression.Zstd, [.. Text, .. Text]));
    }

    [SkippableFact]
    public async Task Zstd_that_is_cut_off_or_wrong_is_refused()
    {
        var frame = await ZstdAsync(Text);
        var wrong = frame.ToArray();
        Array.Fill(wrong, (byte)0xff, 1000, 100);

        foreach (var blob in new[] { frame[..^9], wrong, [.. frame, 1, 2, 3, 4, 5] })
            FluentActions.Invoking(() => Read(blob)).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void What_is_not_compressed_is_itself()
    {
        Read(Text).Should().Be(Content(LayerCompression.None, Text));
        Read([]).Should().Be(Content(LayerCompression.None, []));
    }

    [Theory]
    [InlineData("425a68393141", "bzip2")]
    [InlineData("fd377a585a00", "xz")]
    public void Other_compressions_are_refused_by_name(string start, string name) =>
        FluentActions.Invoking(() => Read(Convert.FromHexString(start))).Should().Throw<OcidException>()
            .Where(e => e.Kind == ErrorKind.Unimplemented && e.Message.Contains(name));

    private static (string Digest, LayerCompression Compression) Read(byte[] blob, GzipEngine engine = GzipEngine.Fastest)
    {
        var (archive, compression) = LayerDecompression.Open(new Dripping(blob), engine);
        using (archive)
        using (var content = new MemoryStream())
        {
            archive.CopyTo(content, 10_007);
            return (Digest.Sha256(content.ToArray()).ToString(), compression);
        }
    }

    private static (string Digest, LayerCompression Compression) Content(LayerCompression compression, byte[] content) => (Digest.Sha256(content).ToString(), compression);

    private static void SkipWithout(GzipEngine engine) => Skip.If(engine == GzipEngine.Isal && !IsalGzip.IsAvailable, "needs libisal.so.2");

    private static byte[] Gzip(byte[] content)
    {
        using var blob = new MemoryStream();
        using (var gzip = new GZipStream(blob, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return blob.ToArray();
    }

    private static async Task<byte[]> ZstdAsync(byte[] content)
    {
        Skip.IfNot(Zstd.IsAvailable, $"needs {Zstd.Library}");
        Skip.If(Tool.Find("zstd") is null, "needs zstd");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, content);
            await Tool.RunAsync("zstd", "-q", "-f", file, "-o", file + ".zst");
            return await File.ReadAllBytesAsync(file + ".zst");
        }
        finally
        {
            File.Delete(file);
            File.Delete(file + ".zst");
        }
    }

    private static byte[] MakeText()
    {
        var random = new Random(7);
        var text = new byte[3_000_000];
        for (var at = 0; at < text.Length; at++)
            text[at] = (byte)(at % 1000 < 600 ? 'a' + (at % 26) : random.Next(256));
        return text;
    }

    // A network gives a little at a time.
    private sealed class Dripping(byte[] content) : MemoryStream(content, 0, content.Length, false, publiclyVisible: true)
    {
        private readonly Random _random = new(3);

        public override int Read(Span<byte> buffer)
        {
            var length = (int)Math.Min(Math.Min(buffer.Length, Length - Position), _random.Next(1, 50_000));
            GetBuffer().AsSpan((int)Position, length).CopyTo(buffer);
            Position += length;
            return length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    }
}
