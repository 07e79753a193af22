using Ocid.Storage.Archive;
using Ocid.Storage.Checking;
using Ocid.Storage.Tests.Sharing;
using Ocid.Testing;
using Tar = Ocid.Storage.Tests.Archive.TarText;

namespace Ocid.Storage.Tests.Drivers;

public sealed class VfsDriverTests() : LayerDriverContract("vfs", many: 100)
{
    private static readonly byte[] s_lower = Tar.Of(
        Tar.Directory("etc/"), Tar.File("etc/below", "below"), Tar.File("etc/gone", "gone"), Tar.Symlink("etc/link", "below"), Tar.Directory("opaque/"), Tar.File("opaque/below"), Tar.Directory("deep/er/"));

    private static readonly byte[] s_upper = Tar.Of(Tar.File("etc/.wh.gone"), Tar.File("etc/own", "own"), Tar.File("opaque/.wh..wh..opq"), Tar.File("opaque/own"), Tar.File("deep/.wh.er"), Tar.Directory("deep/er/"));

    public static TheoryData<DifferenceKind, string, Action<string>> Damages => new()
    {
        { DifferenceKind.Changed, "/etc/below", tree => File.WriteAllText(tree + "/etc/below", "other") },
        { DifferenceKind.Changed, "/etc/below", tree => File.SetUnixFileMode(tree + "/etc/below", UnixFileMode.UserRead) },
        { DifferenceKind.Changed, "/etc/link", tree => Replace(tree + "/etc/link", path => File.CreateSymbolicLink(path, "own")) },
        { DifferenceKind.Changed, "/etc/link", tree => Replace(tree + "/etc/link", path => File.WriteAllText(path, "below")) },
        { DifferenceKind.Missing, "/etc/below", tree => File.Delete(tree + "/etc/below") },
        { DifferenceKind.Extra, "/etc/gone", tree => File.WriteAllText(tree + "/etc/gone", "gone") },
        { DifferenceKind.Extra, "/etc/new", tree => File.WriteAllText(tree + "/etc/new", "") },
        { DifferenceKind.Extra, "/opaque/below", tree => File.WriteAllText(tree + "/opaque/below", "") },
        { DifferenceKind.Extra, "/deep/er/below", tree => File.WriteAllText(tree + "/deep/er/below", "") },
        { DifferenceKind.Changed, "/etc/own", tree => File.WriteAllText(tree + "/etc/own", "won") },
    };

    [SkippableTheory]
    [MemberData(nameof(Damages))]
    public async Task What_a_tree_has_of_the_layer_below_is_compared_with_that(DifferenceKind kind, string path, Action<string> damage)
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore("vfs");
        await using var store = await shared.OpenAsync();
        var image = await SharedStore.CommitAsync(store, "localhost/ours:1", s_lower, s_upper);
        (await store.CheckLayerAsync(image.TopLayer!, SharedStore.Soon)).Differences.Should().BeEmpty();

        damage(Path.Combine(shared.Root, "vfs/dir", image.TopLayer!.Value));

        (await store.CheckLayerAsync(image.TopLayer!, SharedStore.Soon)).Differences.Should().ContainSingle().Which.Should().Match<LayerDifference>(found => found.Kind == kind && found.Path == path);
    }

    [SkippableFact]
    public async Task What_podman_wrote_is_clean_too_and_a_tree_of_nobody_is_removed()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore("vfs");
        await using var store = await shared.OpenAsync();
        await SharedStore.CommitAsync(store, "localhost/ours:1", s_lower, s_upper);
        await shared.PodmanAsync("save", "--quiet", "--output", Path.Combine(shared.Folder, "saved.tar"), "localhost/ours:1");
        await shared.PodmanAsync("rmi", "localhost/ours:1");
        await shared.PodmanAsync("load", "--quiet", "--input", Path.Combine(shared.Folder, "saved.tar"));
        store.Layers.Should().HaveCount(2);
        (await ProblemsAsync(store)).Should().BeEmpty();
        var stray = Path.Combine(shared.Root, "vfs/dir", LayerId.New().Value);
        Directory.CreateDirectory(Path.Combine(stray, "etc"));

        (await ProblemsAsync(store)).Should().ContainSingle().Which.Kind.Should().Be(ProblemKind.Garbage);
        (await store.RepairAsync(SharedStore.Soon)).Should().ContainSingle();

        Directory.Exists(stray).Should().BeFalse();
        (await ProblemsAsync(store)).Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData("btrfs", "")]
    [InlineData("xfs", "-m reflink=1")]
    public async Task Where_the_file_system_can_a_copy_shares_its_blocks(string type, string options)
    {
        SharedStore.SkipUnlessPossible();
        Skip.If(Tool.FirstMissing($"mkfs.{type}") is not null, $"needs mkfs.{type}");
        await using var shared = new SharedStore("vfs");
        var disk = Path.Combine(shared.Folder, "disk");
        await using (var file = File.Create(disk))
            file.SetLength(400 << 20);
        await Tool.RunAsync("sh", "-c", $"mkfs.{type} {options} {disk}");
        Directory.CreateDirectory(shared.Root);
        await Tool.RunAsync("mount", "-o", "loop", disk, shared.Root);
        await using var store = await shared.OpenAsync();

        // Six trees of 60 MB have no room unless they share.
        var image = await SharedStore.CommitAsync(store, "localhost/big:1", [Tar.Of(Tar.File("big", new string('b', 60 << 20))), .. Enumerable.Range(0, 5).Select(at => Tar.Of(Tar.File($"small-{at}")))]);

        (await store.CheckAsync(contents: true, null, SharedStore.Soon)).Problems.Should().BeEmpty();
        new FileInfo(Path.Combine(shared.Root, "vfs/dir", image.TopLayer!.Value, "big")).Length.Should().Be(60 << 20);
    }

    private static async Task<IReadOnlyList<StoreProblem>> ProblemsAsync(Store store) => (await store.CheckAsync(contents: true, null, SharedStore.Soon)).Problems;

    private static void Replace(string path, Action<string> make)
    {
        File.Delete(path);
        make(path);
    }
}
