using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Images.Pushing;
using Ocid.Primitives;
using Ocid.Storage;
using Ocid.Testing;

namespace Ocid.Images.Tests.Differential;

/// <summary>What we pull and push is what podman and skopeo pull and push.</summary>
public sealed class CopyTests(Variants variants) : IClassFixture<Variants>
{
    [SkippableTheory]
    [InlineData("latest")]
    [InlineData("oci")]
    [InlineData("v2s2")]
    [InlineData("v2s1")]
    [InlineData("zstd")]
    [InlineData("multi")]
    [InlineData("docker")]
    [InlineData("foreign")]
    public async Task A_pulled_image_has_the_id_and_the_layers_that_podman_gives_it(string variant)
    {
        await using var ours = await PulledStore.OpenAsync();
        await using var theirs = await PulledStore.OpenAsync();

        var pulled = await ours.PullAsync(variants.Of(variant));

        var id = (await theirs.PodmanAsync("pull", "--quiet", "--tls-verify=false", variants.Of(variant))).Trim();
        pulled.Id.Value.Should().Be(id);
        ours.Store.Layers.Select(layer => (layer.Id, layer.Parent, layer.DiffId, layer.CompressedDigest))
            .Should().BeEquivalentTo(theirs.Store.Layers.Select(layer => (layer.Id, layer.Parent, layer.DiffId, layer.CompressedDigest)));
    }

    [SkippableTheory]
    [InlineData("oci")]
    [InlineData("v2s2")]
    [InlineData("zstd")]
    [InlineData("docker")]
    public async Task An_image_pushed_within_its_registry_keeps_its_digest(string variant)
    {
        await using var store = await PulledStore.OpenAsync();
        var id = (await store.PodmanAsync("pull", "--quiet", "--tls-verify=false", variants.Of(variant))).Trim();

        var pushed = await PushAsync(store, id, $"{variants.Registry.Host}/ours/{variant}:1");

        pushed.ManifestDigest.ToString().Should().Be(await DigestAsync(variants.Of(variant)));
        if (variant is "v2s2") // whose text podman writes again as it was
        {
            await store.PodmanAsync("push", "--quiet", "--tls-verify=false", id, $"docker://{variants.Registry.Host}/theirs/{variant}:1");
            (await DigestAsync($"{variants.Registry.Host}/theirs/{variant}:1")).Should().Be(pushed.ManifestDigest.ToString());
        }
    }

    [SkippableTheory]
    [InlineData("v2s2", null)]
    [InlineData("oci", null)]
    [InlineData("oci", "v2s2")]
    [InlineData("v2s1", "v2s2")]
    public async Task To_another_registry_goes_the_same_configuration_in_the_format_that_podman_writes(string variant, string? format)
    {
        await using var store = await PulledStore.OpenAsync();
        await using var other = await LocalRegistry.StartAsync();
        var id = (await store.PodmanAsync("pull", "--quiet", "--tls-verify=false", variants.Of(variant))).Trim();

        var options = new PushOptions { TlsVerify = false, Format = format is null ? null : ManifestFormat.DockerV2S2 };
        await PushAsync(store, id, $"{other.Host}/ours:1", options);

        await store.PodmanAsync(["push", "--quiet", "--tls-verify=false", .. format is null ? Array.Empty<string>() : ["--format", format], id, $"docker://{other.Host}/theirs:1"]);
        var (ours, theirs) = (await ShapeAsync($"{other.Host}/ours:1"), await ShapeAsync($"{other.Host}/theirs:1"));
        ours.Should().Be(theirs);
    }

    [SkippableTheory]
    [InlineData("v2s2", LayerCompression.Zstd, 1)]
    [InlineData("oci", LayerCompression.Zstd, 20)]
    [InlineData("zstd", LayerCompression.Gzip, 9)]
    public async Task Layers_pushed_with_another_compression_are_the_same_image_to_podman(string variant, LayerCompression compression, int level)
    {
        await using var store = await PulledStore.OpenAsync();
        var id = (await store.PullAsync(variants.Of(variant))).Id.Value;
        var destination = $"{variants.Registry.Host}/again/{variant}:1";

        await PushAsync(store, id, destination, new PushOptions { TlsVerify = false, Compression = compression, CompressionLevel = level });

        var manifest = JsonNode.Parse(await Tool.RunAsync("skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{destination}"))!;
        manifest["config"]!["mediaType"]!.ToString().Should().Be("application/vnd.oci.image.config.v1+json");
        manifest["layers"]!.AsArray().Select(layer => layer!["mediaType"]!.ToString()).Should()
            .AllBe($"application/vnd.oci.image.layer.v1.tar+{compression.ToString().ToLowerInvariant()}");
        await using var theirs = await PulledStore.OpenAsync();
        (await theirs.PodmanAsync("pull", "--quiet", "--tls-verify=false", destination)).Trim().Should().Be(id);
    }

    [SkippableTheory]
    [InlineData(LayerCompression.Zstd, null, ManifestFormat.DockerV2S2, "a v2s2 manifest has no zstd layers: use the format oci")]
    [InlineData(LayerCompression.Zstd, 23, null, "compression level 23: zstd has 1 to 20")]
    [InlineData(null, 0, null, "compression level 0: gzip has 1 to 9")]
    public async Task A_compression_that_there_is_not_is_refused(LayerCompression? compression, int? level, ManifestFormat? format, string message)
    {
        await using var store = await PulledStore.OpenAsync();
        var id = (await store.PullAsync(variants.Of("v2s2"))).Id.Value;

        var push = () => PushAsync(store, id, $"{variants.Registry.Host}/refused:1", new PushOptions { TlsVerify = false, Compression = compression, CompressionLevel = level, Format = format });

        (await push.Should().ThrowAsync<OcidException>()).WithMessage(message);
    }

    // The manifest without what each compressor makes its own way.
    private static async Task<string> ShapeAsync(string reference)
    {
        var manifest = JsonNode.Parse(await Tool.RunAsync("skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{reference}"))!;
        foreach (var layer in manifest["layers"]!.AsArray())
            (layer!["digest"], layer["size"]) = ("", 0);
        return manifest.ToJsonString();
    }

    private static async Task<string> DigestAsync(string reference) =>
        JsonNode.Parse(await Tool.RunAsync("skopeo", "inspect", "--no-tags", "--tls-verify=false", $"docker://{reference}"))!["Digest"]!.ToString();

    private static Task<PushedImage> PushAsync(PulledStore store, string image, string destination, PushOptions? options = null) =>
        new ImagePusher(store.Store, store.Registries, NullLoggerFactory.Instance)
            .PushAsync(image, ImageReference.Parse(destination), options ?? new PushOptions { TlsVerify = false }, null, CancellationToken.None);
}
