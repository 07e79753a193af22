using System.IO.Compression;
using System.Text;
using Ocid.Primitives;
using Ocid.Storage.Archive;

namespace Ocid.Storage.Tests.Archive;

public sealed class LayerTarStreamTests : IDisposable
{
    private static readonly byte[] s_archive = TarText.Of(
        TarText.Directory("./"), TarText.Directory("etc/"), TarText.File("etc/passwd", "root:x:0:0\n"), TarText.File("etc/empty"),
        TarText.HardLink("etc/again", "etc/passwd"), TarText.Symlink("lib", "usr/lib"), TarText.Directory("usr/lib"), TarText.File("lib/through", "a link"),
        TarText.File("etc/.wh.gone", "a whiteout with content"), TarText.File("big", new string('b', 3_000_000)), TarText.Raw(new byte[4096]));

    private readonly ScratchLayer _layer = new();

    public LayerTarStreamTests() => Skip.IfNot(ScratchLayer.MayMakeDevices, "needs root");

    [SkippableFact]
    public async Task The_archive_comes_back_byte_for_byte()
    {
        await _layer.ExtractAsync(s_archive);

        Read(_layer.Record).Should().Equal(s_archive);
    }

    [SkippableFact]
    public async Task Names_that_are_not_utf8_are_found()
    {
        var archive = TarText.Of(TarText.File("caf\u00e9", "latin"), TarText.File("<&>\"\\", "escaped"));
        await _layer.ExtractAsync(archive);

        Read(_layer.Record).Should().Equal(archive);
    }

    [SkippableTheory]
    [InlineData("another one")]
    [InlineData("short")]
    [InlineData("much longer than it was")]
    public async Task A_file_that_changed_is_named(string content)
    {
        await _layer.ExtractAsync(s_archive);
        File.WriteAllText(Path.Combine(_layer.Diff, "etc/passwd"), content);

        Refused().Message.Should().Contain("\"etc/passwd\"");
    }

    [SkippableFact]
    public async Task A_file_that_is_missing_is_named()
    {
        await _layer.ExtractAsync(s_archive);
        File.Delete(Path.Combine(_layer.Diff, "big"));

        Refused().Message.Should().Contain("\"big\"").And.Contain("no such regular file");
    }

    [SkippableFact]
    public async Task A_link_in_the_place_of_a_file_is_not_followed()
    {
        await _layer.ExtractAsync(TarText.Of(TarText.File("secret", "secret")));
        File.Delete(Path.Combine(_layer.Diff, "secret"));
        File.CreateSymbolicLink(Path.Combine(_layer.Diff, "secret"), Path.Combine(_layer.Outside, "secret"));

        Refused().Message.Should().Contain("no such regular file");
    }

    [SkippableFact]
    public async Task A_file_that_overlay_keeps_elsewhere_is_said_to_be()
    {
        await _layer.ExtractAsync(TarText.Of(TarText.File("file", "content")));
        File.WriteAllBytes(Path.Combine(_layer.Diff, "file"), new byte[7]);
        using var root = Linux.RootedDirectory.Open(_layer.Diff);
        using var directory = root.OpenDirectory("");
        directory.SetAttribute("file", "trusted.overlay.metacopy", default);

        Refused().Message.Should().Contain("metacopy");
    }

    [SkippableTheory]
    [InlineData("not json\n")]
    [InlineData("{\"type\":1,\"name\":\"f\",\"size\":5,\"payload\":null,\"position\":0}\n")]
    [InlineData("{\"type\":3,\"position\":0}\n")]
    [InlineData("{\"type\":2,\"payload\":\"*\",\"position\":0}\n")]
    [InlineData("{\"type\":1,\"name\":\"../../etc/passwd\",\"size\":5,\"payload\":\"AAAAAAAAAAA=\",\"position\":0}\n")]
    public void A_damaged_record_is_refused(string record)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(record));

        FluentActions.Invoking(() => Read(compressed.ToArray())).Should().Throw<OcidException>().Which.Kind.Should().Be(ErrorKind.DataLoss);
    }

    public void Dispose() => _layer.Dispose();

    private OcidException Refused()
    {
        var failure = FluentActions.Invoking(() => Read(_layer.Record)).Should().Throw<OcidException>().Which;
        failure.Kind.Should().Be(ErrorKind.DataLoss);
        return failure;
    }

    private byte[] Read(byte[] record)
    {
        using var tar = new LayerTarStream(new TarSplitReader(new MemoryStream(record)), new LayerFiles(_layer.Diff), "layer");
        using var archive = new MemoryStream();
        tar.CopyTo(archive);
        return archive.ToArray();
    }
}
