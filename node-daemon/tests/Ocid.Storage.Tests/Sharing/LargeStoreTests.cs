using System.Text;
using System.Text.Json.Nodes;
using Ocid.Primitives;

namespace Ocid.Storage.Tests.Sharing;

public sealed class LargeStoreTests
{
    private const int Images = 1000;
    private const int LayersPerImage = 5;

    [SkippableFact]
    public async Task A_thousand_images_are_read_once_and_again_only_when_somebody_wrote()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using (await shared.OpenAsync())
            Fill(shared.Root);
        await using var store = await shared.OpenAsync();
        store.Images.Should().HaveCount(Images);
        store.Layers.Should().HaveCount(Images * LayersPerImage);
        // The clock of the file system must have moved on before what was read counts as all that there is.
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        _ = (store.Images, store.Layers, store.Containers);
        var (images, layers) = (store.Images, store.Layers);

        var reads = OnThisThread(() =>
        {
            for (var look = 0; look < 100; look++)
            {
                store.Images.Should().BeSameAs(images);
                store.Layers.Should().BeSameAs(layers);
                store.Containers.Should().BeEmpty();
                store.FindImage(ImageId.Parse(images[^1].Id)).Should().BeSameAs(images[^1]);
                store.FindLayer(layers[^1].Id).Should().BeSameAs(layers[^1]);
            }
        });

        reads.Should().Be(OnThisThread(() => { }));
        await store.AddNamesAsync(ImageId.Parse(images[0].Id), ["localhost/new:1"], SharedStore.Soon);
        store.Images.Should().NotBeSameAs(images).And.HaveCount(Images);
        store.Layers.Should().BeSameAs(layers);
    }

    // The calls of read(2) and its like that a piece of work takes.
    private static long OnThisThread(Action work)
    {
        var before = Calls();
        work();
        return Calls() - before;
    }

    private static long Calls() => long.Parse(File.ReadAllLines("/proc/thread-self/io").Single(line => line.StartsWith("syscr:", StringComparison.Ordinal)).AsSpan("syscr: ".Length));

    private static void Fill(string root)
    {
        var (images, layers) = (new JsonArray(), new JsonArray());
        for (var image = 0; image < Images; image++)
        {
            LayerId? parent = null;
            for (var at = 0; at < LayersPerImage; at++)
            {
                var diffId = Digest.Sha256(Encoding.ASCII.GetBytes($"{image} {at}"));
                var layer = new JsonObject { ["id"] = LayerId.OfChain(parent, diffId).Value, ["created"] = "2024-01-02T03:04:05Z", ["diff-digest"] = diffId.ToString(), ["diff-size"] = 1000 };
                if (parent is not null)
                    layer["parent"] = parent.Value;
                layers.Add((JsonNode)layer);
                parent = LayerId.OfChain(parent, diffId);
            }

            images.Add((JsonNode)new JsonObject
            {
                ["id"] = Digest.Sha256(Encoding.ASCII.GetBytes($"image {image}")).Hex,
                ["names"] = new JsonArray($"localhost/image-{image}:1"),
                ["layer"] = parent!.Value,
                ["created"] = "2024-01-02T03:04:05Z",
            });
        }

        File.WriteAllText(Path.Combine(root, "overlay-images", "images.json"), images.ToJsonString());
        File.WriteAllText(Path.Combine(root, "overlay-layers", "layers.json"), layers.ToJsonString());
    }
}
