using Ocid.Primitives;
using Ocid.Storage;
using Ocid.Testing;
using System.Security.Cryptography;

namespace Ocid.Images.Tests;

public sealed class LayerTarTests
{
    [SkippableTheory]
    [InlineData("ocid")]
    [InlineData("podman")]
    [InlineData("skopeo")]
    public async Task The_archive_of_every_layer_has_its_diff_id_whoever_pulled_it(string program)
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var reference = await registry.PushAsync(await TestImages.DebianAsync(), "debian", "v1");

        if (program == "podman")
            await store.PodmanAsync("pull", "--quiet", "--tls-verify=false", reference);
        else if (program == "skopeo")
            await Tool.RunAsync("skopeo", "copy", "--quiet", "--insecure-policy", "--src-tls-verify=false", $"docker://{reference}", $"{store.Transport}{reference}");
        else
            await store.PullAsync(reference);

        store.Store.Layers.Should().HaveCount(5);
        foreach (var layer in store.Store.Layers)
            (await DigestAsync(store.Store, layer.Id)).Should().Be(layer.DiffId);
    }

    private static async Task<Digest> DigestAsync(Store store, LayerId id)
    {
        await using var tar = await store.OpenLayerTarAsync(id, CancellationToken.None);
        return Digest.FromSha256Hash(await SHA256.HashDataAsync(tar));
    }
}
