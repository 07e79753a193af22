using Ocid.Testing;

namespace Ocid.Daemon.Tests.Sharing;

public sealed class StoreVerbsTests
{
    [SkippableFact]
    public async Task Repair_fetches_the_damaged_layer_and_nothing_else()
    {
        await using var store = new CommonStore();
        await using var registry = await LocalRegistry.StartAsync();
        var source = await registry.PushAsync(await TestImages.DebianAsync(), "debian");
        CommonStore.Want(await store.TryOcidAsync("pull", source, "--tls-verify=false"));
        var layers = Directory.GetDirectories(Path.Combine(store.Root, "overlay")).Where(layer => Path.GetFileName(layer).Length == 64).ToList();
        var damaged = layers.First(layer => Directory.Exists(Path.Combine(layer, "diff", "usr", "bin")));
        var file = Directory.GetFiles(Path.Combine(damaged, "diff", "usr", "bin")).First(file => new FileInfo(file).LinkTarget is null);
        var (content, others) = (File.ReadAllBytes(file), layers.Where(layer => layer != damaged).Select(layer => (layer, Directory.GetLastWriteTimeUtc(layer))).ToList());
        File.WriteAllText(file, "damaged");

        var check = await store.TryOcidAsync("store check");
        check.ExitCode.Should().Be(1);
        check.Output.Should().Contain($"content   layer {Path.GetFileName(damaged)}   {source}   /usr/bin/{Path.GetFileName(file)}: ");
        var offline = await store.TryOcidAsync("store repair", "--offline");
        offline.ExitCode.Should().Be(1);
        offline.Error.Should().EndWith($"what cannot be repaired can be removed, and brought again: ocid rmi {source}\n");
        var repair = await store.TryOcidAsync("store repair", "--tls-verify=false");

        repair.Error.Should().NotContain("ocid:");
        repair.Output.Should().StartWith($"fetched layer {Path.GetFileName(damaged)} of {registry.Host}/debian@sha256:");
        repair.Output.Split('\n').Count(line => line.StartsWith("fetched", StringComparison.Ordinal)).Should().Be(1);
        repair.ExitCode.Should().Be(0);
        File.ReadAllBytes(file).Should().Equal(content);
        others.Should().AllSatisfy(other => Directory.GetLastWriteTimeUtc(other.layer).Should().Be(other.Item2));
    }

    [SkippableFact]
    public async Task A_damaged_layer_of_a_read_only_store_is_left_to_that_store()
    {
        await using var baked = new CommonStore();
        await using var store = new CommonStore();
        await using var registry = await LocalRegistry.StartAsync();
        var source = await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox");
        CommonStore.Want(await baked.TryOcidAsync("pull", source, "--tls-verify=false"));
        File.WriteAllText(Directory.GetFiles(Path.Combine(baked.Root, "overlay"), "busybox", SearchOption.AllDirectories).First(), "damaged");

        var repair = await store.TryOcidAsync("store repair", "--tls-verify=false", "--set", $"storage.additional_image_stores=['{baked.Root}']");

        repair.ExitCode.Should().Be(1);
        repair.Error.Should().Contain($"is in the read-only image store {baked.Root}, and is to be repaired there").And.NotContain("ocid rmi");
        repair.Output.Should().Contain(source);
    }

    [SkippableFact]
    public async Task An_image_whose_manifest_is_lost_is_pulled_again()
    {
        await using var store = new CommonStore();
        await using var registry = await LocalRegistry.StartAsync();
        var source = await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox");
        CommonStore.Want(await store.TryOcidAsync("pull", source, "--tls-verify=false"));
        File.Delete(Path.Combine(Directory.GetDirectories(Path.Combine(store.Root, "overlay-images")).Single(), "manifest"));

        (await store.TryOcidAsync("store repair", "--tls-verify=false")).Output.Should().StartWith("fetched image ").And.Contain("clean: 1 image,");

        CommonStore.Want(await store.TryPodmanAsync("inspect", source)).Should().Contain(source);
    }

    [SkippableFact]
    public async Task A_mount_is_listed_holds_its_image_and_is_ended_by_its_directory()
    {
        await using var store = new CommonStore();
        CommonStore.Want(await CommonStore.TrySkopeoAsync("copy", "--quiet", $"oci:{await TestImages.BusyboxAsync()}", store.Stored("localhost/busybox:1")));
        var directory = Directory.CreateDirectory(Path.Combine(store.Folder, "mnt")).FullName;

        (await store.TryOcidAsync("image mount", "localhost/busybox:1", directory)).Output.Should().Be(directory + "\n");

        File.Exists(Path.Combine(directory, "bin/busybox")).Should().BeTrue();
        (await store.TryOcidAsync("image mount")).Output.Should().MatchRegex($@"^MOUNT ID .*\n[0-9a-f]{{12}}   [0-9a-f]{{12}}   {directory}   read-only\n$");
        (await store.TryOcidAsync("image rm", "localhost/busybox:1")).Error.Should().MatchRegex($@"^ocid: delete image \w+: the mount at {directory} \(ocid image unmount ends it\) uses it\n$");
        (await store.TryOcidAsync("store wipe", "--yes")).Error.Should().Contain("mounted: ocid-mount-");
        (await store.TryOcidAsync("image unmount", directory)).Output.Should().Be(directory + "\n");
        (await store.TryOcidAsync("store df")).Output.Should().MatchRegex(@"Images +1 +0 ");
        (await store.TryOcidAsync("store prune", "--all", "--dry-run")).Output.Should().Contain("localhost/busybox:1");
        (await store.TryOcidAsync("store wipe")).Error.Should().Contain("1 image and 0 containers").And.Contain("--yes");
        CommonStore.Want(await store.TryOcidAsync("store wipe", "--yes"));
        (await store.TryOcidAsync("images", "-o", "json")).Output.Should().Be("[]\n");
        await store.ShouldBeCleanAsync("");
    }
}
