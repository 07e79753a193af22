using Ocid.Linux;
using Ocid.Storage.Overlay;
using Ocid.Storage.Tests.Sharing;
using Tar = Ocid.Storage.Tests.Archive.TarText;

namespace Ocid.Storage.Tests.Drivers;

public sealed class OverlayDriverTests() : LayerDriverContract("overlay", many: 300)
{
    [SkippableFact]
    public async Task Where_the_kernel_cannot_map_owners_a_copy_has_them()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var image = await SharedStore.CommitAsync(store, "localhost/ours:1", Tar.Of(Tar.File("gone")), Tar.Of(Tar.File(".wh.gone"), Tar.File("kept", "kept")));
        using var space = new UserNamespace();
        var copy = new ShiftedLayers(new StorePaths(shared.Options), image.TopLayer!);

        await copy.MakeAsync([$"{image.TopLayer}/diff", $"{store.Layers.Single(layer => layer.Parent is null).Id}/diff"], space.Pin);

        copy.Exists.Should().BeTrue();
        var tree = Path.Combine(shared.Root, "overlay", image.TopLayer!.Value, "shifted");
        Directory.GetFileSystemEntries(tree).Should().Equal(Path.Combine(tree, "kept"));
        FileStatus.Of(Path.Combine(tree, "kept")).Should().Match<FileStatus>(file => file.UserId == space.Pin.RootUid && file.GroupId == space.Pin.RootGid);
    }
}
