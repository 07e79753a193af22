using Grpc.Core;
using Ocid.E2E.Pods;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Restarts;

public sealed class PullRestartTests(TestMachine machine) : NodeTests(machine)
{
    private const int MegaByte = 1 << 20;

    [SkippableFact]
    public async Task A_pull_goes_on_within_a_layer_when_the_daemon_was_killed()
    {
        SkipUnlessTheMachineCan();
        await using var registry = await LocalRegistry.StartAsync();
        var image = await registry.PushAsync(await TestImages.BigLayerAsync(), "big");
        await using var network = new PacedRelay(registry.Port) { Pace = 3 * MegaByte };
        image = image.Replace(registry.Host, network.Host, StringComparison.Ordinal);
        await using var node = await StartNodeAsync();
        await File.WriteAllTextAsync(Path.Combine(node.Folders.ImageConfiguration, "registries.conf"), $"[[registry]]\nlocation = '{network.Host}'\ninsecure = true");

        var pull = node.PullAsync(image);
        await Eventually.IsTrueAsync("half of the layer came", () => network.Passed > TestImages.BigLayerBytes * 2 / 3, TimeSpan.FromMinutes(2));
        await node.KillDaemonAsync();
        await pull.Invoking(p => p).Should().ThrowAsync<RpcException>();
        await node.StartDaemonAsync();
        network.Pace = null;
        var before = network.Passed;
        await node.PullAsync(image);

        // What came in the first seconds, when nobody knew that it would take long, and what was missing.
        (network.Passed - before).Should().BeLessThan(TestImages.BigLayerBytes * 3 / 4);
        (await node.ListImagesAsync()).Should().ContainSingle();
        await node.RemoveImageAsync(image);
        Directory.GetFileSystemEntries(Path.Combine(node.Folders.Storage, "overlay/tempdirs")).Should().BeEmpty();
        await node.StopAsync();
    }
}
