using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage.Archive;
using Ocid.Storage.Tests.Sharing;
using Tar = Ocid.Storage.Tests.Archive.TarText;

namespace Ocid.Storage.Tests.Drivers;

/// <summary>What a store promises whatever its driver is.</summary>
/// <param name="driver">Its name.</param>
/// <param name="many">How many layers it is asked to stack: vfs copies them all each time.</param>
public abstract class LayerDriverContract(string driver, int many)
{
    private static readonly byte[] s_lower = Tar.Of(
        Tar.Directory("etc/"), Tar.File("etc/kept", "kept"), Tar.File("etc/gone", "gone"), Tar.File("etc/changed", "before"),
        Tar.Directory("opaque/"), Tar.File("opaque/below", "below"), Tar.Directory("swapped/"), Tar.File("swapped/below"));

    private static readonly byte[] s_upper = Tar.Of(
        Tar.Directory("etc/", 0b111_000_000), Tar.File("etc/.wh.gone"), Tar.File("etc/changed", "after", 0b100_111_101_101), Tar.HardLink("etc/second", "etc/changed"),
        Tar.Directory("opaque/"), Tar.File("opaque/.wh..wh..opq"), Tar.File("opaque/above", "above"), Tar.Symlink("swapped", "etc"),
        Tar.Pax("SCHILY.xattr.user.note=hi"), Tar.File("noted"));

    [SkippableFact]
    public async Task A_container_sees_its_layers_as_one_tree()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore(driver);
        await using var store = await shared.OpenAsync();
        var (_, id) = await CreateAsync(store);

        var tree = await store.MountAsync(id, SharedStore.Soon);

        Names(tree, "etc").Should().BeEquivalentTo("kept", "changed", "second");
        File.ReadAllText(Path.Combine(tree, "etc/second")).Should().Be("after");
        Names(tree, "opaque").Should().BeEquivalentTo("above");
        new FileInfo(Path.Combine(tree, "swapped")).LinkTarget.Should().Be("etc");
        using var root = RootedDirectory.Open(tree);
        root.Status("etc")!.Permissions.Should().Be(0b111_000_000);
        root.Status("etc/changed").Should().Match<FileStatus>(file => file.Permissions == 0b100_111_101_101 && file.Links == 2 && file.Modified.Seconds == 1);
        using var top = root.OpenDirectory("");
        top.GetAttribute("noted", "user.note").Should().Equal("hi"u8.ToArray());
    }

    [SkippableFact]
    public async Task What_one_container_writes_no_other_sees_nor_the_image()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore(driver);
        await using var store = await shared.OpenAsync();
        var (image, one) = await CreateAsync(store);
        var other = ContainerId.New();
        await store.CreateContainerAsync(new ContainerCreation { Id = other, ImageId = image }, SharedStore.Soon);
        var (tree, others) = (await store.MountAsync(one, SharedStore.Soon), await store.MountAsync(other, SharedStore.Soon));

        File.WriteAllText(Path.Combine(tree, "etc/changed"), "by one");
        File.Delete(Path.Combine(tree, "etc/kept"));
        File.WriteAllText(Path.Combine(tree, "new"), "by one");

        File.ReadAllText(Path.Combine(others, "etc/changed")).Should().Be("after");
        Names(others, "").Should().Contain("etc").And.NotContain("new");
        foreach (var layer in store.Layers.Where(layer => layer.DiffId is not null))
            (await store.CheckLayerAsync(layer.Id, SharedStore.Soon)).Differences.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_layer_comes_back_byte_for_byte_and_a_change_to_it_is_found()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore(driver);
        await using var store = await shared.OpenAsync();
        var image = await SharedStore.CommitAsync(store, "localhost/ours:1", s_lower, s_upper);
        foreach (var (layer, archive) in store.Layers.OrderBy(layer => layer.Parent is not null).Zip([s_lower, s_upper]))
            (await ReadAsync(await store.OpenLayerTarAsync(layer.Id, SharedStore.Soon))).Should().Equal(archive);

        var tree = driver == "vfs" ? Path.Combine(shared.Root, "vfs", "dir", image.TopLayer!.Value) : Path.Combine(shared.Root, "overlay", image.TopLayer!.Value, "diff");
        File.WriteAllText(Path.Combine(tree, "etc/changed"), "other");
        File.WriteAllText(Path.Combine(tree, "extra"), "");

        var differences = (await store.CheckLayerAsync(image.TopLayer!, SharedStore.Soon)).Differences;
        differences.Select(difference => (difference.Path, difference.Kind)).Should().Contain([("/etc/changed", DifferenceKind.Changed), ("/extra", DifferenceKind.Extra)]);
    }

    [SkippableFact]
    public async Task Podman_lists_mounts_and_removes_what_we_made_and_we_what_it_made()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore(driver);
        await using var store = await shared.OpenAsync();
        var ours = await SharedStore.CommitAsync(store, "localhost/ours:1", s_lower, s_upper);
        var theirs = await shared.ImportAsync("localhost/theirs:1", Tar.File("hello", "from podman"));

        var seen = (await shared.PodmanAsync("image", "mount", "localhost/ours:1")).Trim();
        Names(seen, "etc").Should().BeEquivalentTo("kept", "changed", "second");
        await shared.PodmanAsync("image", "unmount", "localhost/ours:1");
        var id = ContainerId.New();
        await store.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = theirs }, SharedStore.Soon);
        File.ReadAllText(Path.Combine(await store.MountAsync(id, SharedStore.Soon), "hello")).Should().Be("from podman");

        (await shared.PodmanImagesAsync()).Should().BeEquivalentTo(ours.Id, theirs.Value);
        await shared.PodmanAsync("rmi", "localhost/ours:1");
        await store.DeleteContainerAsync(id, SharedStore.Soon);
        await store.DeleteImageAsync(theirs, SharedStore.Soon);
        store.Images.Should().BeEmpty();
        store.Layers.Should().BeEmpty();
        store.Containers.Should().BeEmpty();
        Directory.EnumerateDirectories(Path.Combine(shared.Root, driver), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Should().BeSubsetOf(["l", "dir", "tempdirs"]);
    }

    [SkippableTheory]
    [InlineData("layer recorded incomplete")]
    [InlineData("layer directory made")]
    [InlineData("tar-split placed")]
    public async Task A_layer_whose_commit_was_cut_off_is_gone_after_the_next_write(string step)
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore(driver);
        await using (var crashing = await shared.OpenAsync(reached => _ = reached == step ? throw new IOException("crash") : 0))
            await FluentActions.Awaiting(() => SharedStore.CommitAsync(crashing, "localhost/ours:1", s_lower)).Should().ThrowAsync<IOException>();

        await using var store = await shared.OpenAsync();
        store.Layers.Should().BeEmpty();
        await SharedStore.CommitAsync(store, "localhost/ours:1", s_lower, s_upper);

        foreach (var layer in store.Layers)
            (await store.CheckLayerAsync(layer.Id, SharedStore.Soon)).Differences.Should().BeEmpty();
        Directory.GetFileSystemEntries(Path.Combine(shared.Root, driver, "tempdirs")).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Hundreds_of_layers_are_one_tree()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore(driver);
        await using var store = await SharedStore.OpenAsync(shared.Options with { Durability = Durability.None });
        var archives = Enumerable.Range(0, many).Select(at => Tar.Of(Tar.File($"layer-{at}", $"{at}"), Tar.File("topmost", $"{at}"))).ToArray();
        var image = await SharedStore.CommitAsync(store, "localhost/deep:1", archives);
        var id = ContainerId.New();
        await store.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = ImageId.Parse(image.Id) }, SharedStore.Soon);

        var tree = await store.MountAsync(id, SharedStore.Soon);

        Names(tree, "").Should().HaveCount(many + 1);
        File.ReadAllText(Path.Combine(tree, "topmost")).Should().Be($"{many - 1}");
        await store.DeleteContainerAsync(id, SharedStore.Soon);
    }

    [SkippableFact]
    public async Task In_a_user_namespace_the_files_have_its_owners_and_the_image_keeps_its_own()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore(driver);
        await using var store = await shared.OpenAsync();
        var (_, id) = await CreateAsync(store);
        using var space = new UserNamespace();

        var tree = await store.MountAsync(id, new ContainerMount { Users = space.Pin }, SharedStore.Soon);

        using var root = RootedDirectory.Open(tree);
        foreach (var path in new[] { "", "etc/kept", "etc/changed", "swapped" })
            root.Status(path).Should().Match<FileStatus>(file => file.UserId == space.Pin.RootUid && file.GroupId == space.Pin.RootGid, path);
        root.Status("etc/changed")!.Permissions.Should().Be(0b100_111_101_101);
        await store.UnmountAsync(id, force: false, SharedStore.Soon);
        (await store.MountAsync(id, new ContainerMount { Users = space.Pin }, SharedStore.Soon)).Should().Be(tree);
        foreach (var layer in store.Layers.Where(layer => layer.DiffId is not null))
            (await store.CheckLayerAsync(layer.Id, SharedStore.Soon)).Differences.Should().BeEmpty();
    }

    private static async Task<(ImageId Image, ContainerId Id)> CreateAsync(Store store)
    {
        var image = ImageId.Parse((await SharedStore.CommitAsync(store, "localhost/ours:1", s_lower, s_upper)).Id);
        var id = ContainerId.New();
        await store.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = image }, SharedStore.Soon);
        return (image, id);
    }

    private static IEnumerable<string?> Names(string tree, string directory) => Directory.GetFileSystemEntries(Path.Combine(tree, directory)).Select(Path.GetFileName);

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        await using (stream)
        {
            using var all = new MemoryStream();
            await stream.CopyToAsync(all);
            return all.ToArray();
        }
    }
}
