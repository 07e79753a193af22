using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage.Archive;

namespace Ocid.Storage.Tests.Archive;

public sealed class LayerExtractorTests : IDisposable
{
    private readonly ScratchLayer _layer = new();

    public LayerExtractorTests() => Skip.IfNot(ScratchLayer.MayMakeDevices, "needs root");

    [SkippableFact]
    public async Task The_record_and_the_files_make_the_archive_again()
    {
        var archive = TarText.Of(
            TarText.Directory("./"), TarText.Directory("etc/"), TarText.File("etc/passwd", "root:x:0:0\n"), TarText.File("etc/empty"),
            TarText.HardLink("etc/again", "etc/passwd"), TarText.Symlink("etc/link", "/nowhere"), TarText.File("etc/.wh.gone", "a whiteout with content"),
            TarText.Raw(new byte[4096]));

        var extracted = await _layer.ExtractAsync(archive);

        extracted.DiffId.Should().Be(Digest.Sha256(archive));
        extracted.UncompressedSize.Should().Be(archive.Length);
        TarSplitText.Digest(_layer.Record, _layer.Diff).Should().Be(Digest.Sha256(archive).ToString());
    }

    [SkippableFact]
    public async Task An_archive_without_the_end_mark_and_the_last_padding_is_whole()
    {
        var archive = TarText.Of(TarText.File("f", "x"))[..513];

        await _layer.ExtractAsync(archive);

        File.ReadAllText(Path.Combine(_layer.Diff, "f")).Should().Be("x");
        TarSplitText.Digest(_layer.Record, _layer.Diff).Should().Be(Digest.Sha256(archive).ToString());
    }

    [SkippableFact]
    public async Task A_whiteout_becomes_overlays_device()
    {
        await _layer.ExtractAsync(TarText.Of(TarText.File("etc/.wh.gone"), TarText.File(".wh..wh.plnk")));

        _layer.Status("etc/gone").Should().Match<FileStatus>(s => s.Kind == FileKind.CharacterDevice && s.NodeDevice == default);
        Directory.GetFileSystemEntries(_layer.Diff).Should().ContainSingle();
    }

    [SkippableFact]
    public async Task An_opaque_whiteout_marks_its_directory()
    {
        await _layer.ExtractAsync(TarText.Of(TarText.File("etc/.wh..wh..opq"), TarText.File("etc/new", "x")));

        _layer.Attribute("etc", "trusted.overlay.opaque").Should().Be("y");
    }

    [SkippableFact]
    public async Task A_whiteout_hides_only_what_is_below()
    {
        await _layer.ExtractAsync(TarText.Of(
            TarText.Directory("kept"), TarText.File("kept/file", "x"), TarText.File(".wh.kept"),
            TarText.File(".wh.later"), TarText.Directory("later"),
            TarText.File("file", "y"), TarText.File(".wh.file")));

        _layer.Status("kept/file")!.Kind.Should().Be(FileKind.Regular);
        _layer.Attribute("kept", "trusted.overlay.opaque").Should().Be("y");
        _layer.Attribute("later", "trusted.overlay.opaque").Should().Be("y");
        _layer.Status("file")!.Kind.Should().Be(FileKind.Regular);
    }

    [SkippableTheory]
    [InlineData(".wh.")]
    [InlineData(".wh..")]
    [InlineData("etc/.wh...")]
    public Task A_whiteout_of_no_file_is_refused(string name) => Refuses(ErrorKind.DataLoss, TarText.Of(TarText.File(name)));

    [SkippableTheory]
    [InlineData("../escape")]
    [InlineData("a/../../escape")]
    [InlineData("/../escape")]
    public Task A_name_that_leads_out_is_refused(string name) => Refuses(ErrorKind.DataLoss, TarText.Of(TarText.File(name, "x")));

    [SkippableFact]
    public async Task An_absolute_name_stays_inside()
    {
        await _layer.ExtractAsync(TarText.Of(TarText.File("/etc/passwd", "inside")));

        File.ReadAllText(Path.Combine(_layer.Diff, "etc/passwd")).Should().Be("inside");
    }

    [SkippableTheory]
    [InlineData("../outside")]
    [InlineData("/../../../../../../outside")]
    public async Task A_file_through_a_relative_link_that_leads_out_lands_inside_or_nowhere(string target)
    {
        var extract = () => _layer.ExtractAsync(TarText.Of(TarText.Symlink("door", target), TarText.File("door/secret", "changed")));

        await extract.Should().ThrowAsync<OcidException>();
        OutsideIsUntouched();
    }

    [SkippableFact]
    public async Task A_file_through_an_absolute_link_lands_inside()
    {
        await _layer.ExtractAsync(TarText.Of(TarText.Directory(_layer.Outside), TarText.Symlink("door", _layer.Outside), TarText.File("door/secret", "changed")));

        File.ReadAllText(_layer.Diff + _layer.Outside + "/secret").Should().Be("changed");
        OutsideIsUntouched();
    }

    [SkippableFact]
    public async Task A_file_replaces_a_link_and_does_not_follow_it()
    {
        await _layer.ExtractAsync(TarText.Of(
            TarText.Directory("real"), TarText.Symlink("alias", "real"), TarText.Symlink("real/secret", Path.Combine(_layer.Outside, "secret")), TarText.File("alias/secret", "inside", mode: 0b111_111_111)));

        File.ReadAllText(Path.Combine(_layer.Diff, "real/secret")).Should().Be("inside");
        OutsideIsUntouched();
    }

    [SkippableTheory]
    [InlineData("../outside/secret")]
    [InlineData("door/secret")]
    [InlineData("missing")]
    [InlineData("")]
    [InlineData(".")]
    public Task A_hard_link_to_no_file_of_the_layer_is_refused(string target) => Refuses(
        ErrorKind.DataLoss, TarText.Of(TarText.Symlink("door", "../outside"), TarText.HardLink("stolen", target)));

    [SkippableFact]
    public Task Two_entries_of_one_name_are_refused() => Refuses(ErrorKind.DataLoss, TarText.Of(TarText.File("a", "1"), TarText.File("./a", "2")));

    [SkippableFact]
    public Task A_file_in_place_of_the_root_is_refused() => Refuses(ErrorKind.DataLoss, TarText.Of(TarText.Symlink("./", "/etc")));

    [SkippableFact]
    public async Task The_attributes_of_overlay_are_not_the_images_to_set()
    {
        await _layer.ExtractAsync(TarText.Of(
            TarText.Pax("SCHILY.xattr.trusted.overlay.redirect=/etc", "SCHILY.xattr.user.kept=1"), TarText.Directory("d")));

        _layer.Attribute("d", "trusted.overlay.redirect").Should().BeNull();
        _layer.Attribute("d", "user.kept").Should().Be("1");
    }

    [SkippableTheory]
    [InlineData("uid=4294967295")]
    [InlineData("uid=4294967296")]
    [InlineData("gid=-1")]
    [InlineData("size=-1")]
    [InlineData("mtime=today")]
    public Task A_number_out_of_range_is_refused(string record) => Refuses(ErrorKind.DataLoss, TarText.Of(TarText.Pax(record), TarText.File("f")));

    [SkippableFact]
    public Task A_sparse_file_is_refused() => Refuses(ErrorKind.Unimplemented, TarText.Of(TarText.Pax("GNU.sparse.major=1"), TarText.File("f")));

    [SkippableFact]
    public Task A_header_without_end_is_refused() => Refuses(
        ErrorKind.ResourceExhausted, TarText.Of(TarText.Header("pax", 'x', size: "77777777777")));

    [SkippableFact]
    public Task Headers_without_end_are_refused() => Refuses(
        ErrorKind.ResourceExhausted, TarText.Of([.. Enumerable.Repeat(TarText.Pax("comment=" + new string('x', 9000)), 200)]));

    [SkippableFact]
    public Task A_wrong_checksum_is_refused()
    {
        var archive = TarText.Of(TarText.File("f", "x"));
        archive[0] = (byte)'g';
        return Refuses(ErrorKind.DataLoss, archive);
    }

    [SkippableTheory]
    [InlineData(100)]
    [InlineData(600)]
    public Task An_archive_that_is_cut_off_is_refused(int length) => Refuses(ErrorKind.DataLoss, TarText.Of(TarText.File("f", new string('x', 600)))[..length]);

    [SkippableFact]
    public Task An_archive_over_the_size_limit_is_refused() => Refuses(
        ErrorKind.ResourceExhausted, TarText.Of(TarText.File("f", new string('x', 6000))), new ExtractionLimits { ExpandedSize = 4096 });

    [SkippableFact]
    public Task A_path_over_the_depth_limit_is_refused() => Refuses(
        ErrorKind.ResourceExhausted, TarText.Of(TarText.File("1/2/3/4/5")), new ExtractionLimits { Depth = 4 });

    [SkippableFact]
    public Task Entries_over_the_limit_are_refused() => Refuses(
        ErrorKind.ResourceExhausted, TarText.Of(TarText.File("1"), TarText.File("2")), new ExtractionLimits { Entries = 1 });

    public void Dispose() => _layer.Dispose();

    private async Task Refuses(ErrorKind kind, byte[] archive, ExtractionLimits? limits = null)
    {
        var extract = () => _layer.ExtractAsync(archive, limits);

        (await extract.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(kind);
        OutsideIsUntouched();
    }

    private void OutsideIsUntouched()
    {
        Directory.GetFileSystemEntries(_layer.Folder).Should().HaveCount(2);
        Directory.GetFileSystemEntries(_layer.Outside).Should().ContainSingle();
        File.ReadAllText(Path.Combine(_layer.Outside, "secret")).Should().Be("secret");
        File.GetUnixFileMode(Path.Combine(_layer.Outside, "secret")).Should().NotHaveFlag(UnixFileMode.OtherWrite);
    }
}
