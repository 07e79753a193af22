using Ocid.Primitives;
using Ocid.Testing;
using Tar = Ocid.Storage.Tests.Archive.TarText;

namespace Ocid.Storage.Tests.Sharing;

public sealed class AdditionalStoreTests
{
    private static readonly byte[] s_lower = Tar.Of(Tar.File("lower", "baked in"));
    private static readonly byte[] s_upper = Tar.Of(Tar.File("upper", "pulled"));

    [SkippableTheory]
    [InlineData("overlay")]
    [InlineData("vfs")]
    public async Task Images_of_a_read_only_store_are_used_and_nothing_is_written_there(string driver)
    {
        SharedStore.SkipUnlessPossible();
        await using var baked = new SharedStore(driver);
        ImageId image;
        await using (var making = await baked.OpenAsync())
            image = ImageId.Parse((await SharedStore.CommitAsync(making, "localhost/baked:1", s_lower)).Id);
        var before = await TreeAsync(baked.Root);
        await using var shared = new SharedStore(driver);
        await using var store = await SharedStore.OpenAsync(shared.Options with { AdditionalImageStores = [baked.Root] });

        store.FindImage(image)!.ReadOnlyStore.Should().Be(baked.Root);
        store.FindImage(image)!.Names.Should().Equal("localhost/baked:1");
        store.FindLayer(store.FindImage(image)!.TopLayer!)!.ReadOnlyStore.Should().Be(baked.Root);
        (await store.ReadImageBigDataAsync(image, "manifest", SharedStore.Soon)).Should().NotBeEmpty();
        var id = ContainerId.New();
        await store.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = image }, SharedStore.Soon);
        File.ReadAllText(Path.Combine(await store.MountAsync(id, SharedStore.Soon), "lower")).Should().Be("baked in");

        // Of a second image only what the read-only store lacks comes here.
        var both = await SharedStore.CommitAsync(store, "localhost/both:1", s_lower, s_upper);
        Directory.GetFiles(Path.Combine(shared.Root, $"{driver}-layers"), "*.tar-split.gz").Should().ContainSingle();
        store.FindLayer(both.TopLayer!)!.ReadOnlyStore.Should().BeNull();
        var other = ContainerId.New();
        await store.CreateContainerAsync(new ContainerCreation { Id = other, ImageId = ImageId.Parse(both.Id) }, SharedStore.Soon);
        var tree = await store.MountAsync(other, SharedStore.Soon);
        (File.ReadAllText(Path.Combine(tree, "lower")), File.ReadAllText(Path.Combine(tree, "upper"))).Should().Be(("baked in", "pulled"));

        (await store.CheckAsync(contents: true, null, SharedStore.Soon)).Problems.Should().BeEmpty();
        foreach (var container in new[] { id, other })
            await store.DeleteContainerAsync(container, SharedStore.Soon);
        (await FluentActions.Awaiting(() => store.DeleteImageAsync(image, SharedStore.Soon)).Should().ThrowAsync<OcidException>())
            .WithMessage($"*read-only image store {baked.Root}").Which.Kind.Should().Be(ErrorKind.FailedPrecondition);
        (await TreeAsync(baked.Root)).Should().Be(before);
    }

    [SkippableFact]
    public async Task A_separate_image_store_keeps_images_and_the_root_keeps_containers()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        var images = Path.Combine(shared.Folder, "images");
        await using var store = await SharedStore.OpenAsync(shared.Options with { ImageStore = images });

        var image = await SharedStore.CommitAsync(store, "localhost/ours:1", s_lower, s_upper);
        var id = ContainerId.New();
        await store.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = ImageId.Parse(image.Id) }, SharedStore.Soon);
        var tree = await store.MountAsync(id, SharedStore.Soon);

        File.ReadAllText(Path.Combine(tree, "lower")).Should().Be("baked in");
        Directory.GetDirectories(Path.Combine(images, "overlay")).Select(Path.GetFileName).Should().BeEquivalentTo([.. store.Layers.Where(layer => layer.DiffId is not null).Select(layer => layer.Id.Value), "l", "tempdirs"]);
        Directory.GetDirectories(Path.Combine(shared.Root, "overlay")).Select(Path.GetFileName).Should().BeEquivalentTo([store.Containers.Single().Layer.Value, "l", "tempdirs"]);
        (await store.CheckAsync(contents: true, null, SharedStore.Soon)).Problems.Should().BeEmpty();
        await store.DeleteContainerAsync(id, SharedStore.Soon);
        await store.DeleteImageAsync(ImageId.Parse(image.Id), SharedStore.Soon);
        store.Layers.Should().BeEmpty();
        Directory.GetDirectories(Path.Combine(images, "overlay")).Select(Path.GetFileName).Should().BeEquivalentTo("l", "tempdirs");
    }

    [SkippableFact]
    public async Task An_additional_store_that_is_not_there_is_empty()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        var absent = Path.Combine(shared.Folder, "absent");

        await using var store = await SharedStore.OpenAsync(shared.Options with { AdditionalImageStores = [absent] });

        store.Images.Should().BeEmpty();
        Directory.Exists(absent).Should().BeFalse();
    }

    // Names, sizes, owners, modes and times of all that is there.
    private static Task<string> TreeAsync(string root) => Tool.RunAsync("find", root, "-printf", "%p %s %U %m %T@ %C@\n");
}
