using Ocid.Primitives;
using Ocid.Storage.Archive;

namespace Ocid.Storage.Tests.Archive;

public sealed class LayerVerifierTests : IDisposable
{
    private static readonly byte[] s_archive = TarText.Of(
        TarText.Directory("./"), TarText.Directory("etc/"), TarText.File("etc/passwd", "root:x:0:0\n"), TarText.File("etc/empty"),
        TarText.HardLink("etc/again", "etc/passwd"), TarText.Symlink("lib", "usr/lib"), TarText.Directory("usr/lib"), TarText.File("lib/through", "a link"),
        TarText.File("var/implied/file", "no entry for its directories"), TarText.File("var/.wh.gone"), TarText.File("etc/.wh..wh..opq"),
        TarText.Directory("kept"), TarText.File(".wh.kept"), TarText.Pax("SCHILY.xattr.trusted.test=value"), TarText.File("tool", "x"));

    private readonly ScratchLayer _layer = new();

    public LayerVerifierTests() => Skip.IfNot(ScratchLayer.MayMakeDevices, "needs root");

    public static TheoryData<DifferenceKind, string, Action<string>> Damages => new()
    {
        { DifferenceKind.Changed, "/etc/passwd", diff => File.WriteAllText(diff + "/etc/passwd", "toor:x:0:0\n") },
        { DifferenceKind.Changed, "/etc/empty", diff => File.WriteAllText(diff + "/etc/empty", "no more") },
        { DifferenceKind.Changed, "/etc/empty", diff => File.SetUnixFileMode(diff + "/etc/empty", UnixFileMode.SetUser | UnixFileMode.UserExecute) },
        { DifferenceKind.Missing, "/etc/empty", diff => File.Delete(diff + "/etc/empty") },
        { DifferenceKind.Missing, "/lib/through", diff => File.Delete(diff + "/usr/lib/through") },
        { DifferenceKind.Changed, "/lib", diff => Replace(diff + "/lib", path => File.CreateSymbolicLink(path, "./usr/lib")) },
        { DifferenceKind.Changed, "/tool", diff => Replace(diff + "/tool", path => File.CreateSymbolicLink(path, "etc/passwd")) },
        { DifferenceKind.Changed, "/etc/again", diff => Replace(diff + "/etc/again", path => File.Copy(diff + "/etc/passwd", path)) },
        { DifferenceKind.Extra, "/etc/new", diff => File.WriteAllText(diff + "/etc/new", "") },
        { DifferenceKind.Extra, "/opt", diff => Directory.CreateDirectory(diff + "/opt/deep/er") },
        { DifferenceKind.Extra, "/usr/lib/new", diff => File.WriteAllText(diff + "/usr/lib/new", "") },
        { DifferenceKind.Missing, "/var/gone", diff => File.Delete(diff + "/var/gone") },
        { DifferenceKind.Changed, "/etc", diff => Clear(diff, "etc", "trusted.overlay.opaque") },
        { DifferenceKind.Changed, "/kept", diff => Clear(diff, "kept", "trusted.overlay.opaque") },
        { DifferenceKind.Changed, "/tool", diff => Clear(diff, "tool", "trusted.test") },
    };

    [SkippableFact]
    public async Task A_layer_as_it_was_unpacked_has_no_differences()
    {
        await _layer.ExtractAsync(s_archive);

        var check = Verify();

        check.Differences.Should().BeEmpty();
        check.Archive.Should().Be(Digest.Sha256(s_archive));
    }

    [SkippableTheory]
    [MemberData(nameof(Damages))]
    public async Task Each_damage_is_named_by_its_path(DifferenceKind kind, string path, Action<string> damage)
    {
        await _layer.ExtractAsync(s_archive);

        damage(_layer.Diff);

        Verify().Differences.Should().ContainSingle().Which.Should().Match<LayerDifference>(d => d.Kind == kind && d.Path == path);
    }

    [SkippableFact]
    public async Task All_damages_are_found_at_once()
    {
        await _layer.ExtractAsync(s_archive);

        Directory.Delete(Path.Combine(_layer.Diff, "var"), recursive: true);
        File.WriteAllText(Path.Combine(_layer.Diff, "etc/passwd"), "short");
        File.WriteAllText(Path.Combine(_layer.Diff, "new"), "");

        var check = Verify();
        check.Differences.Select(d => d.Path).Should().BeEquivalentTo("/var/implied/file", "/var/.wh.gone", "/etc/passwd", "/new");
        check.Archive.Should().NotBe(Digest.Sha256(s_archive));
    }

    public void Dispose() => _layer.Dispose();

    private LayerCheck Verify()
    {
        using var record = new TarSplitReader(new MemoryStream(_layer.Record));
        return LayerVerifier.Verify(record, _layer.Diff, "layer", isWhole: false, below: null, CancellationToken.None);
    }

    private static void Replace(string path, Action<string> make)
    {
        File.Delete(path);
        make(path);
    }

    private static void Clear(string diff, string name, string attribute)
    {
        using var root = Linux.RootedDirectory.Open(diff);
        using var directory = root.OpenDirectory("");
        directory.SetAttribute(name, attribute, default);
    }
}
