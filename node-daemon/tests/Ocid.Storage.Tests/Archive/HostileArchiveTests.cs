using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage.Archive;

namespace Ocid.Storage.Tests.Archive;

/// <summary>Archives made to get out, or to cost without end: each is refused or contained, and nothing outside is touched.</summary>
public sealed class HostileArchiveTests
{
    private static readonly string[] s_names =
    [
        "a", "a/b", "a/b/c", "./a", "a/.", "/a", "//a//b", "..", "../outside/secret", "a/../../outside/new", "door", "door/secret", "door/../outside/x", "", ".", "/",
        ".wh.a", "a/.wh.b", ".wh..wh..opq", "a/.wh..wh..opq", ".wh.", ".wh..", ".wh...", ".wh..wh.plnk", "a\nb", "\u00ff\u00fe", "secret",
    ];

    private static readonly string[] s_targets = ["..", "../outside", "../outside/secret", "/", "/etc/passwd", "a", "a/b", "door", "/../../../../tmp", ".", "", "loop"];

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_hundred_archives_of_hostile_entries_in_any_order_stay_inside(int seed)
    {
        Skip.IfNot(ScratchLayer.MayMakeDevices, "needs root");
        var random = new Random(seed);
        var extracted = 0;
        for (var round = 0; round < 100; round++)
        {
            using var layer = new ScratchLayer();
            var archive = TarText.Of([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Entry(random))]);
            try
            {
                await layer.ExtractAsync(archive);
                extracted++;
            }
            catch (OcidException refused)
            {
                refused.Message.Should().NotBeEmpty();
                refused.Kind.Should().NotBe(ErrorKind.Internal, refused.Message);
            }

            Directory.GetFileSystemEntries(layer.Folder).Should().BeEquivalentTo([layer.Diff, layer.Outside], $"seed {seed}, round {round}");
            Directory.GetFileSystemEntries(layer.Outside).Should().Equal(Path.Combine(layer.Outside, "secret"));
            FileStatus.Of(Path.Combine(layer.Outside, "secret")).Should().Match<FileStatus>(file => file.Links == 1 && file.Size == 6 && file.UserId == 0);
            File.ReadAllText(Path.Combine(layer.Outside, "secret")).Should().Be("secret");
        }

        extracted.Should().BePositive("not everything is refused");
    }

    [SkippableFact]
    public async Task A_device_node_is_made_as_it_is_and_a_whiteout_of_the_archives_own_is_one()
    {
        Skip.IfNot(ScratchLayer.MayMakeDevices, "needs root");
        using var layer = new ScratchLayer();

        await layer.ExtractAsync(TarText.Of(TarText.Header("memory", '3', device: 1), TarText.Header("pipe", '6')));

        layer.Status("memory")!.Kind.Should().Be(FileKind.CharacterDevice);
        layer.Status("pipe")!.Kind.Should().Be(FileKind.Fifo);
    }

    [SkippableFact]
    public async Task A_bomb_of_gzip_ends_at_the_size_limit()
    {
        Skip.IfNot(ScratchLayer.MayMakeDevices, "needs root");
        using var layer = new ScratchLayer();
        using var bomb = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(bomb, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(TarText.Of(TarText.Header("huge", '0', size: "17777777777")).AsSpan(0, 512));
            var zeros = new byte[1 << 20];
            for (var at = 0; at < 64; at++)
                gzip.Write(zeros);
        }

        bomb.Position = 0;
        var (archive, _) = LayerDecompression.Open(bomb, GzipEngine.Fastest);
        using var record = new MemoryStream();
        var extract = () => LayerExtractor.ExtractAsync(archive, layer.Diff, record, new ExtractionLimits { ExpandedSize = 8 << 20 }, CancellationToken.None);

        (await extract.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.ResourceExhausted);
        layer.Status("huge")!.Size.Should().BeLessThan(9 << 20);
    }

    [SkippableFact]
    public async Task A_very_deep_tree_is_refused_before_it_is_made()
    {
        Skip.IfNot(ScratchLayer.MayMakeDevices, "needs root");
        using var layer = new ScratchLayer();

        var extract = () => layer.ExtractAsync(TarText.Of(TarText.Pax("path=" + string.Join('/', Enumerable.Repeat("d", 5000))), TarText.Directory("d/")));

        (await extract.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.ResourceExhausted);
        Directory.GetFileSystemEntries(layer.Diff).Should().BeEmpty();
    }

    private static Action<TarText> Entry(Random random)
    {
        var name = s_names[random.Next(s_names.Length)];
        return random.Next(8) switch
        {
            0 => TarText.Directory(name),
            1 => TarText.Symlink(random.Next(2) == 0 ? "door" : name, s_targets[random.Next(s_targets.Length)]),
            2 => TarText.HardLink(name, s_targets[random.Next(s_targets.Length)]),
            3 => TarText.Header(name, "346"[random.Next(3)], device: random.Next(3)),
            4 => tar =>
            {
                TarText.Pax($"SCHILY.xattr.trusted.overlay.{(random.Next(2) == 0 ? "redirect" : "opaque")}=/etc", $"path={s_names[random.Next(1, s_names.Length)]}")(tar);
                TarText.File(name, "x")(tar);
            },
            5 => tar =>
            {
                TarText.Pax($"linkpath={s_targets[random.Next(s_targets.Length)]}")(tar);
                TarText.Symlink("door", "ignored")(tar);
            },
            _ => TarText.File(name, new string('x', random.Next(1000)), mode: 0b110_111_111_111),
        };
    }
}
