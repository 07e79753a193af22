using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Ocid.Storage.Pruning;
using Tar = Ocid.Storage.Tests.Archive.TarText;

namespace Ocid.Storage.Tests.Sharing;

public sealed class MaintenanceTests
{
    private static readonly byte[] s_shared = Tar.Of(Tar.File("shared", new string('s', 1000)));
    private static readonly byte[] s_own = Tar.Of(Tar.File("own", new string('o', 500)));

    [SkippableFact]
    public async Task What_shared_layers_take_counts_once_and_what_a_container_needs_is_not_reclaimable()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var used = await SharedStore.CommitAsync(store, "localhost/used:1", s_shared);
        await SharedStore.CommitAsync(store, "localhost/unused:1", s_shared, s_own);
        var id = ContainerId.New();
        await store.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = ImageId.Parse(used.Id) }, SharedStore.Soon);
        File.WriteAllText(Path.Combine(await store.MountAsync(id, SharedStore.Soon), "written"), "1234");

        var usage = await store.MeasureAsync(SharedStore.Soon);

        usage.Images.Should().Be(new KindUsage(2, 1, 1500, 500));
        usage.Containers.Should().Be(new KindUsage(1, 1, 4, 0));
    }

    [SkippableFact]
    public async Task A_policy_removes_what_it_names_and_never_what_a_container_has()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var used = await SharedStore.CommitAsync(store, "localhost/used:1", s_shared);
        var nameless = await SharedStore.CommitAsync(store, "localhost/moves:1", s_own);
        var named = await SharedStore.CommitAsync(store, "localhost/moves:1", s_own, s_shared);
        await store.CreateContainerAsync(new ContainerCreation { Id = ContainerId.New(), ImageId = ImageId.Parse(used.Id) }, SharedStore.Soon);

        (await Ids(new PrunePolicy { Named = true, OlderThan = TimeSpan.FromHours(1) })).Should().BeEmpty();
        (await Ids(new PrunePolicy { Named = true, Above = 100, DownTo = 0 })).Should().BeEmpty();
        (await Ids(new PrunePolicy { Named = true }, dryRun: true)).Should().BeEquivalentTo(nameless.Id, named.Id);
        store.Images.Should().HaveCount(3);
        (await Ids(new PrunePolicy())).Should().Equal(nameless.Id);
        (await Ids(new PrunePolicy { Named = true, Above = 0, DownTo = 0 })).Should().Equal(named.Id);
        store.Images.Select(image => image.Id).Should().Equal(used.Id);
        (await store.CheckAsync(contents: true, null, SharedStore.Soon)).Problems.Should().BeEmpty();

        async Task<IEnumerable<string>> Ids(PrunePolicy policy, bool dryRun = false) => (await store.PruneAsync(policy, dryRun, SharedStore.Soon)).Select(image => image.Id.Value);
    }

    [SkippableFact]
    public async Task Above_the_upper_watermark_the_oldest_go_down_to_the_lower_one()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        Directory.CreateDirectory(shared.Root);
        Mounts.Mount("tmpfs", "tmpfs", shared.Root, options: "size=100m");
        await using var store = await shared.OpenAsync();
        var images = new List<string>();
        for (var at = 0; at < 5; at++)
            images.Add((await SharedStore.CommitAsync(store, $"localhost/image-{at}:1", Tar.Of(Tar.File("content", new string((char)('a' + at), 10 << 20))))).Id);

        // Five of ten percent, and what the store keeps for a full disk.
        (await store.PruneAsync(new PrunePolicy { Named = true, Above = 90, DownTo = 10 }, dryRun: false, SharedStore.Soon)).Should().BeEmpty();
        var removed = await store.PruneAsync(new PrunePolicy { Named = true, Above = 50, DownTo = 45 }, dryRun: false, SharedStore.Soon);

        removed.Select(image => image.Id.Value).Should().Equal(images[..2]);
        store.Images.Select(image => image.Id).Should().BeEquivalentTo(images[2..]);
    }

    [SkippableFact]
    public async Task A_wipe_leaves_nothing_of_anybody_but_what_is_mounted_must_be_meant()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        await shared.ImportAsync("localhost/theirs:1", Tar.File("theirs"));
        var ours = await SharedStore.CommitAsync(store, "localhost/ours:1", s_shared, s_own);
        var id = ContainerId.New();
        await store.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = ImageId.Parse(ours.Id), Names = ["busy"] }, SharedStore.Soon);
        await store.MountAsync(id, SharedStore.Soon);

        (await FluentActions.Awaiting(() => store.WipeAsync(force: false, SharedStore.Soon)).Should().ThrowAsync<OcidException>()).WithMessage("*mounted: busy");
        await store.WipeAsync(force: true, SharedStore.Soon);

        store.Images.Should().BeEmpty();
        store.Layers.Should().BeEmpty();
        store.Containers.Should().BeEmpty();
        (await shared.PodmanImagesAsync()).Should().BeEmpty();
        Directory.GetFileSystemEntries(Path.Combine(shared.Root, "overlay", "l")).Should().BeEmpty();
        (await store.CheckAsync(contents: true, null, SharedStore.Soon)).Problems.Should().BeEmpty();
    }
}
