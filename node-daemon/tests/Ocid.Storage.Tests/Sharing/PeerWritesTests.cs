using Ocid.Primitives;
using Tar = Ocid.Storage.Tests.Archive.TarText;

namespace Ocid.Storage.Tests.Sharing;

public sealed class PeerWritesTests
{
    [SkippableFact]
    public async Task What_podman_imports_is_seen_by_a_store_that_is_open_already()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        store.Images.Should().BeEmpty();

        var id = await shared.ImportAsync("localhost/one:1", Tar.File("hello", "from podman"));

        var image = store.FindImage(id);
        image!.Names.Should().Equal("localhost/one:1");
        image.BigDataSizes.Keys.Should().Contain("manifest");
        store.FindLayer(image.TopLayer!)!.DiffId!.Hex.Should().Be(image.TopLayer!.Value);
        (await store.ReadImageBigDataAsync(id, $"sha256:{id}", SharedStore.Soon)).Length.Should().Be((int)image.BigDataSizes[$"sha256:{id}"]);
    }

    [SkippableFact]
    public async Task A_container_on_an_image_of_podman_has_its_files_and_its_own_writes()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var image = await shared.ImportAsync("localhost/one:1", Tar.File("hello", "from podman"));
        var id = ContainerId.New();

        await store.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = image, Names = ["ours"] }, SharedStore.Soon);
        var merged = await store.MountAsync(id, SharedStore.Soon);

        File.ReadAllText(Path.Combine(merged, "hello")).Should().Be("from podman");
        File.WriteAllText(Path.Combine(merged, "new"), "12345");
        (await store.ContainerUsageAsync(id, SharedStore.Soon)).Bytes.Should().Be(5);
        await store.DeleteContainerAsync(id, SharedStore.Soon);
        Directory.Exists(merged).Should().BeFalse();
    }

    [SkippableFact]
    public async Task An_image_of_podman_that_we_delete_is_gone_for_podman()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var kept = await shared.ImportAsync("localhost/kept:1", Tar.File("kept"));
        var deleted = await shared.ImportAsync("localhost/deleted:1", Tar.File("deleted"));

        await store.DeleteImageAsync(deleted, SharedStore.Soon);

        (await shared.PodmanImagesAsync()).Should().Equal(kept.Value);
        store.Layers.Should().ContainSingle();
        Directory.GetDirectories(Path.Combine(shared.Root, "overlay")).Select(Path.GetFileName).Should().BeEquivalentTo("l", "tempdirs", store.Layers[0].Id.Value);
    }

    [SkippableFact]
    public async Task Members_that_this_program_does_not_know_survive()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var id = await shared.ImportAsync("localhost/one:1", Tar.File("hello"));
        var records = Path.Combine(shared.Root, "overlay-images", "images.json");
        File.WriteAllText(records, File.ReadAllText(records).Replace("\"id\":", "\"future\":{\"deep\":[1,\"x\"]},\"id\":"));

        await store.AddNamesAsync(id, ["localhost/two:2"], SharedStore.Soon);

        File.ReadAllText(records).Should().Contain("\"future\":{\"deep\":[1,\"x\"]}");
        store.FindImage(id)!.Names.Should().Equal("localhost/one:1", "localhost/two:2");
    }
}
