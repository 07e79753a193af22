using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Ocid.Storage.Overlay;
using Ocid.Storage.Tests.Sharing;
using Tar = Ocid.Storage.Tests.Archive.TarText;

namespace Ocid.Storage.Tests.Drivers;

public sealed class OverlayDriverTests() : LayerDriverContract("overlay", many: 300)
{
    [SkippableTheory]
    [InlineData("metacopy=on", "metacopy=on")]
    [InlineData("redirect_dir=on", "redirect_dir=on")]
    [InlineData("userxattr", "userxattr")]
    [InlineData("", "volatile")]
    public async Task The_options_of_mounts_are_the_kernels(string option, string shown)
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await SharedStore.OpenAsync(shared.Options with { MountOptions = [$"nodev,{option}"] });
        var image = ImageId.Parse((await SharedStore.CommitAsync(store, "localhost/ours:1", Tar.Of(Tar.Directory("etc/"), Tar.File("etc/hello", "hi")))).Id);
        var id = ContainerId.New();
        await store.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = image, Volatile = shown == "volatile" }, SharedStore.Soon);

        var tree = await store.MountAsync(id, SharedStore.Soon);

        var mount = MountTable.Read().Single(mount => mount.MountPoint == tree);
        mount.Options.Split(',').Should().Contain("nodev");
        if (!IsDefault(shown))
            mount.SuperOptions.Split(',').Should().Contain(found => found.EndsWith(shown, StringComparison.Ordinal)); // fsync=volatile, too
        File.SetUnixFileMode(Path.Combine(tree, "etc/hello"), UnixFileMode.UserRead);
        File.ReadAllText(Path.Combine(tree, "etc/hello")).Should().Be("hi");
        if (option == "redirect_dir=on")
            Directory.Move(Path.Combine(tree, "etc"), Path.Combine(tree, "moved"));
        await store.DeleteContainerAsync(id, SharedStore.Soon);
        (await store.CheckAsync(contents: true, null, SharedStore.Soon)).Problems.Should().BeEmpty();
    }

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

    // The kernel shows only what differs from how it was built or its module was loaded.
    private static bool IsDefault(string option) =>
        $"/sys/module/overlay/parameters/{option.Split('=')[0]}" is var parameter && File.Exists(parameter) && File.ReadAllText(parameter).StartsWith('Y');
}
