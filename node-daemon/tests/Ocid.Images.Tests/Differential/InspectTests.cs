using System.Text;
using System.Text.Json.Nodes;
using Ocid.Images.Inspection;
using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Images.Tests.Differential;

/// <summary>What we say about an image is what skopeo says.</summary>
public sealed class InspectTests(Variants variants) : IClassFixture<Variants>
{
    private static readonly InspectOptions s_options = new() { TlsVerify = false };

    [SkippableTheory]
    [InlineData("latest")]
    [InlineData("oci")]
    [InlineData("v2s2")]
    [InlineData("v2s1")]
    [InlineData("zstd")]
    [InlineData("multi")]
    [InlineData("docker")]
    [InlineData("foreign")]
    public async Task Image_manifest_and_configuration_are_described_alike(string variant)
    {
        var reference = variants.Of(variant);
        await using var store = await PulledStore.OpenAsync();
        var inspector = new ImageInspector(store.Store, store.Registries);
        var image = ImageReference.Parse(reference);

        var ours = JsonNode.Parse((await inspector.InspectAsync(image, s_options, default)).ToJson())!.AsObject();
        ours["LayersData"]!.AsArray().Should().HaveCount(ours["Layers"]!.AsArray().Count);
        ours.Remove("LayersData"); // 1.9.3 does not have it yet
        Text(ours).Should().Be(Text(JsonNode.Parse(await SkopeoAsync(reference))!));
        Unsigned(Encoding.UTF8.GetString((await inspector.ReadManifestAsync(image, s_options, default)).Span)).Should().Be(Unsigned(await SkopeoAsync(reference, "--raw")));

        var config = await inspector.ReadConfigurationAsync(image, s_options, default);
        var (described, skopeos) = (JsonNode.Parse(ImageInspector.DescribeConfiguration(config))!, JsonNode.Parse(await SkopeoAsync(reference, "--config"))!);
        if (variant == "v2s1")
        {
            // It has no configuration of its own. What is made of it has the diff ids that only the layers know; skopeo leaves them empty.
            Text(WithoutDiffIds(described)).Should().Be(Text(WithoutDiffIds(skopeos)));
            return;
        }

        Text(described).Should().Be(Text(skopeos));
        Encoding.UTF8.GetString(config.Span).Should().Be(await SkopeoAsync(reference, "--config", "--raw"));
    }

    [SkippableFact]
    public async Task Tags_are_left_out_where_nobody_wants_them()
    {
        await using var store = await PulledStore.OpenAsync();

        var inspection = await new ImageInspector(store.Store, store.Registries).InspectAsync(ImageReference.Parse(variants["latest"]), s_options with { ListTags = false }, default);

        inspection.RepoTags.Should().BeEmpty();
        Text(JsonNode.Parse(await SkopeoAsync(variants["latest"], "--no-tags"))!["RepoTags"]!).Should().Be("[]");
    }

    [SkippableFact]
    public async Task Of_an_artifact_only_the_manifest_is_shown()
    {
        await using var store = await PulledStore.OpenAsync();
        var inspector = new ImageInspector(store.Store, store.Registries);
        var artifact = ImageReference.Parse(variants["artifact"]);

        Encoding.UTF8.GetString((await inspector.ReadManifestAsync(artifact, s_options, default)).Span).Should().Be(await SkopeoAsync(variants["artifact"], "--raw"));
        var inspect = () => inspector.InspectAsync(artifact, s_options, default);

        (await inspect.Should().ThrowAsync<OcidException>()).Which.Message.Should().Contain("application/vnd.example.config.v1+json");
    }

    [SkippableFact]
    public async Task An_image_in_the_store_is_described_as_the_one_in_the_registry()
    {
        await using var store = await PulledStore.OpenAsync();
        var inspector = new ImageInspector(store.Store, store.Registries);
        var pulled = await store.PullAsync(variants.Of("v2s2"));

        var there = await inspector.InspectAsync(ImageReference.Parse(variants.Of("v2s2")), s_options, default);
        var here = await inspector.InspectAsync(pulled.Id.Value, default);

        here.Should().BeEquivalentTo(there, options => options.Excluding(i => i.Id).Excluding(i => i.Name).Excluding(i => i.RepoTags).Excluding(i => i.RepoDigests).Excluding(i => i.Size));
        (here.Id, here.RepoTags.Single(), here.RepoDigests!.Single()).Should().Be((pulled.Id.Value, variants.Of("v2s2"), $"{pulled.Reference.Name}@{pulled.ManifestDigest}"));
    }

    // Docker's registry signs a schema 1 manifest each time that it gives it.
    private static string Unsigned(string manifest) => manifest.Split(",\"signatures\":")[0];

    private static JsonNode WithoutDiffIds(JsonNode configuration)
    {
        configuration["rootfs"]!.AsObject().Remove("diff_ids");
        return configuration;
    }

    private static string Text(JsonNode json) => json.ToJsonString();

    private static Task<string> SkopeoAsync(string reference, params string[] options) =>
        Tool.RunAsync("skopeo", ["inspect", "--tls-verify=false", .. options, $"docker://{reference}"]);
}
