using Ocid.Primitives;
using Ocid.Testing;
using Tar = Ocid.Storage.Tests.Archive.TarText;

namespace Ocid.Storage.Tests.Sharing;

public sealed class OwnWritesTests
{
    private static readonly byte[] s_lower = Tar.Of(Tar.Directory("etc/"), Tar.File("etc/hello", "one"), Tar.File("etc/gone", "two"));
    private static readonly byte[] s_upper = Tar.Of(Tar.Directory("etc/"), Tar.File("etc/.wh.gone"), Tar.File("etc/new", "three"));

    [SkippableFact]
    public async Task Podman_lists_mounts_and_removes_our_image()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();

        var image = await SharedStore.CommitAsync(store, "localhost/ours:1", s_lower, s_upper);

        (await shared.PodmanImagesAsync()).Should().Equal(image.Id);
        var mounted = (await shared.PodmanAsync("image", "mount", "localhost/ours:1")).Trim();
        File.ReadAllText(Path.Combine(mounted, "etc/hello")).Should().Be("one");
        File.Exists(Path.Combine(mounted, "etc/gone")).Should().BeFalse();
        await shared.PodmanAsync("image", "unmount", "localhost/ours:1");
        await shared.PodmanAsync("rmi", "localhost/ours:1");
        store.Images.Should().BeEmpty();
        store.Layers.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Skopeo_puts_our_layers_together_again_to_the_byte()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        await SharedStore.CommitAsync(store, "localhost/ours:1", s_lower, s_upper);

        await Tool.RunAsync(
            "skopeo", "--insecure-policy", "copy", $"containers-storage:[overlay@{shared.Root}+{shared.RunRoot}]localhost/ours:1", $"dir:{shared.RunRoot}/copy");

        foreach (var archive in new[] { s_lower, s_upper })
            File.Exists(Path.Combine(shared.RunRoot, "copy", Digest.Sha256(archive).Hex)).Should().BeTrue();
    }

    [SkippableFact]
    public async Task A_layer_that_the_store_has_is_used_and_need_not_be_staged()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        await SharedStore.CommitAsync(store, "localhost/lower:1", s_lower);
        var image = await SharedStore.StageAsync(store, "localhost/both:1", s_lower, s_upper);
        await image.Layers[0].Staged!.DisposeAsync();

        await store.CommitImageAsync(image with { Layers = [image.Layers[0] with { Staged = null }, image.Layers[1]] }, SharedStore.Soon);
        await image.Layers[1].Staged!.DisposeAsync();

        store.Layers.Should().HaveCount(2);
        await store.DeleteImageAsync(image.Id, SharedStore.Soon);
        store.Layers.Should().ContainSingle();
    }

    [SkippableFact]
    public async Task A_layer_neither_staged_nor_stored_is_refused()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var image = await SharedStore.StageAsync(store, "localhost/lower:1", s_lower);
        await image.Layers[0].Staged!.DisposeAsync();

        var commit = () => store.CommitImageAsync(image with { Layers = [image.Layers[0] with { Staged = null }] }, SharedStore.Soon);

        (await commit.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.Aborted);
        store.Images.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_name_moves_to_the_image_that_asked_last()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var first = await SharedStore.CommitAsync(store, "localhost/tag:1", s_lower);

        var second = await SharedStore.CommitAsync(store, "localhost/tag:1", s_upper);

        store.FindImage(ImageId.Parse(first.Id))!.Names.Should().BeEmpty();
        (await shared.PodmanAsync("inspect", "--format", "{{.Id}}", "localhost/tag:1")).Trim().Should().Be(second.Id);
    }

    [SkippableFact]
    public async Task Usage_counts_layers_and_what_containers_wrote()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var image = await SharedStore.CommitAsync(store, "localhost/ours:1", s_lower);
        var before = await store.UsageAsync(SharedStore.Soon);
        var id = ContainerId.New();
        await store.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = ImageId.Parse(image.Id) }, SharedStore.Soon);
        File.WriteAllText(Path.Combine(await store.MountAsync(id, SharedStore.Soon), "written"), "1234");

        var after = await store.UsageAsync(SharedStore.Soon);

        before.Bytes.Should().Be(6);
        before.Inodes.Should().Be(4);
        (after.Bytes - before.Bytes).Should().Be(4);
        (after.Inodes - before.Inodes).Should().Be(2);
    }
}
