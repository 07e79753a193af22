using System.Text.Json.Nodes;
using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Tar = Ocid.Storage.Tests.Archive.TarText;

namespace Ocid.Storage.Tests.Sharing;

public sealed class ContainerTests
{
    [SkippableFact]
    public async Task A_container_keeps_its_image_and_podman_lists_it()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var (image, id) = await CreateAsync(store);

        var delete = () => store.DeleteImageAsync(image, SharedStore.Soon);

        (await delete.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.FailedPrecondition);
        (await shared.PodmanAsync("ps", "--all", "--external", "--no-trunc")).Should().Contain(id.Value);
        await store.DeleteContainerAsync(id, SharedStore.Soon);
        await store.DeleteImageAsync(image, SharedStore.Soon);
        store.Layers.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_mount_survives_the_store_and_the_comings_and_goings_of_podman()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        var store = await shared.OpenAsync();
        var (_, id) = await CreateAsync(store);
        var merged = await store.MountAsync(id, SharedStore.Soon);
        await store.DisposeAsync();

        var other = await shared.ImportAsync("localhost/other:1", Tar.File("other"));
        await shared.PodmanAsync("image", "mount", other.Value);
        await shared.PodmanAsync("image", "unmount", other.Value);
        store = await shared.OpenAsync();

        File.ReadAllText(Path.Combine(merged, "hello")).Should().Be("hi");
        (await store.MountAsync(id, SharedStore.Soon)).Should().Be(merged);
        MountTable.Read().Count(mount => mount.MountPoint == merged).Should().Be(1);
    }

    [SkippableFact]
    public async Task The_last_unmount_unmounts_and_another_is_no_error()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var (_, id) = await CreateAsync(store);
        var merged = await store.MountAsync(id, SharedStore.Soon);
        await store.MountAsync(id, SharedStore.Soon);
        Counts(shared).Should().Equal(2);

        await store.UnmountAsync(id, force: false, SharedStore.Soon);
        MountTable.IsMountPoint(merged).Should().BeTrue();
        await store.UnmountAsync(id, force: false, SharedStore.Soon);
        MountTable.IsMountPoint(merged).Should().BeFalse();
        await store.UnmountAsync(id, force: false, SharedStore.Soon);

        Counts(shared).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task An_id_or_a_name_is_taken_once()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var (image, id) = await CreateAsync(store);

        var sameId = () => store.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = image }, SharedStore.Soon);
        var sameName = () => store.CreateContainerAsync(new ContainerCreation { Id = ContainerId.New(), ImageId = image, Names = ["name"] }, SharedStore.Soon);

        (await sameId.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.AlreadyExists);
        (await sameName.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.AlreadyExists);
        store.Layers.Should().HaveCount(2);
    }

    [SkippableFact]
    public async Task Many_containers_made_and_removed_by_two_stores_at_once_all_come_and_go()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var one = await shared.OpenAsync();
        await using var two = await shared.OpenAsync();
        var image = ImageId.Parse((await SharedStore.CommitAsync(one, "localhost/ours:1", Tar.Of(Tar.File("hello", "hi")))).Id);

        var ids = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            var (store, id) = (i % 2 == 0 ? one : two, ContainerId.New());
            await store.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = image }, SharedStore.Soon);
            await store.MountAsync(id, SharedStore.Soon);
            return id;
        }).Append(shared.ImportAsync("localhost/peer:1", Tar.File("peer")).ContinueWith(_ => ContainerId.New())));

        one.Containers.Select(container => container.Id).Should().BeEquivalentTo(ids[..12]);
        Counts(shared).Should().HaveCount(12);
        await Task.WhenAll(ids[..12].Select((id, i) => (i % 2 == 0 ? two : one).DeleteContainerAsync(id, SharedStore.Soon)));
        two.Containers.Should().BeEmpty();
        two.Layers.Should().HaveCount(2);
        Counts(shared).Should().BeEmpty();
    }

    private static async Task<(ImageId Image, ContainerId Id)> CreateAsync(Store store)
    {
        var image = ImageId.Parse((await SharedStore.CommitAsync(store, "localhost/ours:1", Tar.Of(Tar.File("hello", "hi")))).Id);
        var id = ContainerId.New();
        await store.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = image, Names = ["name"], Metadata = "{\"pod\":\"p\"}" }, SharedStore.Soon);
        return (image, id);
    }

    private static IEnumerable<int> Counts(SharedStore shared) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(shared.RunRoot, "overlay-layers", "mountpoints.json")))!.AsArray().Select(mount => (int)mount!["count"]!);
}
