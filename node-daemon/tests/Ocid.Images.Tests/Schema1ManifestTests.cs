using System.Text;
using System.Text.Json;
using Ocid.Images.Configuration;
using Ocid.Images.Manifests;
using Ocid.Images.Pulling;
using Ocid.Images.Registry;
using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Images.Tests;

public sealed class Schema1ManifestTests
{
    private const string Registry = "compatibility:\n  schema1:\n    enabled: true";

    private static readonly string[] Ids = [.. "abc".Select(c => new string(c, 64))];
    private static readonly Digest Layer = Digest.Sha256("layer"u8);

    [SkippableFact]
    public async Task The_configuration_is_byte_for_byte_the_one_that_skopeo_makes()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync(Registry);
        var reference = $"{registry.Host}/old:v1";
        var folder = Directory.CreateTempSubdirectory("ocid-schema1-").FullName;
        try
        {
            await Tool.RunAsync("cp", "--archive", (await TestImages.BusyboxAsync()).Split(':')[0], $"{folder}/layout");
            await Tool.RunAsync(
                "umoci", "config", "--image", $"{folder}/layout:latest", "--author", "Mé <me@x.test> & \"you\"", "--config.cmd", "a\\b\t<&>", "--created", "2020-01-02T03:04:05.120+00:00",
                "--history.created_by", "made\nhere\u2028", "--history.comment", "none");
            await Tool.RunAsync("skopeo", "copy", "--quiet", "--insecure-policy", "--dest-tls-verify=false", "--format", "v2s1", $"oci:{folder}/layout:latest", $"docker://{reference}");
            await Tool.RunAsync("skopeo", "copy", "--quiet", "--insecure-policy", "--src-tls-verify=false", "--format", "v2s2", $"docker://{reference}", $"dir:{folder}/converted");
            await Tool.RunAsync("skopeo", "copy", "--quiet", "--insecure-policy", "--src-tls-verify=false", $"docker://{reference}", $"{store.Transport}{reference}");
            var converted = JsonDocument.Parse(await File.ReadAllTextAsync($"{folder}/converted/manifest.json")).RootElement;
            var expected = await File.ReadAllTextAsync($"{folder}/converted/{Digest.Parse(converted.GetProperty("config").GetProperty("digest").GetString()!).Hex}");
            using var transport = new RegistryTransport();
            using var client = new RegistryClient(transport, ImageReference.Parse(reference), null, tlsVerify: false, TimeProvider.System);

            var manifest = await client.ReadManifestAsync("v1", CancellationToken.None);
            var layers = new List<LayerContent>();
            foreach (var layer in manifest.Layers)
                layers.Add(await LayerContent.ReadAsync(client, layer.Digest, CancellationToken.None));

            manifest.MediaType.Should().Be(MediaTypes.DockerSchema1Signed);
            layers.Select(l => (l.Blob.Digest.ToString(), l.Blob.Size)).Should().Equal(
                converted.GetProperty("layers").EnumerateArray().Select(l => (l.GetProperty("digest").GetString()!, l.GetProperty("size").GetInt64())));
            var config = ImageConfig.Parse(Encoding.UTF8.GetBytes(expected));
            layers.Select(l => l.DiffId).Should().Equal(config.Layers.DiffIds);
            Encoding.UTF8.GetString(manifest.Schema1!.ConfigurationOf(config.Layers.DiffIds)).Should().Be(expected);
            (await client.ReadManifestAsync(manifest.Digest.ToString(), CancellationToken.None)).Digest.Should().Be(manifest.Digest);

            // What skopeo pulls keeps the manifest as it is: its digest, the image's id, and what our catalogue reads of it.
            await store.Store.RefreshAsync(CancellationToken.None);
            var image = (await store.Catalog.ListAsync(CancellationToken.None)).Should().ContainSingle().Which;
            image.Id.Value.Should().Be(Digest.Sha256(Encoding.UTF8.GetBytes(expected)).Hex);
            image.RepoDigests.Should().Equal($"{registry.Host}/old@{manifest.Digest}");
            image.Config.Should().BeEquivalentTo(config);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Steps_without_files_have_no_layer_and_neighbours_with_one_id_are_one()
    {
        var document = Parse(Entry(Ids[2], Ids[1], ",\"throwaway\":true"), Entry(Ids[1], Ids[0]), Entry(Ids[1], Ids[0]), Entry(Ids[0], ""));

        document.MediaType.Should().Be(MediaTypes.DockerSchema1);
        document.Layers.Should().HaveCount(2).And.OnlyContain(l => l.Digest == Layer && l.Size == Descriptor.UnknownSize);
        Encoding.UTF8.GetString(document.Schema1!.ConfigurationOf([Layer, Layer])).Should().Be(
            """{"history":[{"created":"0001-01-01T00:00:00Z"},{"created":"0001-01-01T00:00:00Z"},{"created":"0001-01-01T00:00:00Z","empty_layer":true}],"rootfs":{"type":"layers","diff_ids":["LAYER","LAYER"]}}"""
                .Replace("LAYER", Layer.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Other_members_are_kept_as_they_are_written()
    {
        var document = Parse(Entry(Ids[0], "", """, "z": [1.50, "a \" <b>\u00e9\/" ], "a": { "B" : null }, "Size": 7, "created": "2015-03-04T05:06:07.100Z" """));

        Encoding.UTF8.GetString(document.Schema1!.ConfigurationOf([Layer])).Should().Be(
            """{"a":{"B":null},"created":"2015-03-04T05:06:07.100Z","history":[{"created":"2015-03-04T05:06:07.1Z"}],"rootfs":{"type":"layers","diff_ids":["LAYER"]},"z":[1.50,"a \" \u003cb\u003e\u00e9\/"]}"""
                .Replace("LAYER", Layer.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2015-03-04T05:06:07.123456789Z", "2015-03-04T05:06:07.123456789Z")]
    [InlineData("2015-03-04T05:06:07.000Z", "2015-03-04T05:06:07Z")]
    [InlineData("2015-03-04T05:06:07.120+02:00", "2015-03-04T05:06:07.12+02:00")]
    [InlineData("2015-03-04T05:06:07+00:00", "2015-03-04T05:06:07Z")]
    [InlineData(null, "0001-01-01T00:00:00Z")]
    public void Times_are_written_as_Go_does(string? text, string expected) => GoTime.Written(text).Should().Be(expected);

    [Fact]
    public void Manifests_that_contradict_themselves_are_refused()
    {
        string[][] wrong =
        [
            [],
            [Entry(Ids[1], Ids[2]), Entry(Ids[0], "")],
            [Entry(Ids[0], Ids[1])],
            [Entry(Ids[0], Ids[1]), Entry(Ids[1], Ids[0]), Entry(Ids[0], "")],
            [Entry("../../etc/passwd", "")],
            ["null"],
            ["[]"],
        ];
        foreach (var entries in wrong)
            Refuses(() => Parse(entries));
        Refuses(() => ManifestDocument.Parse(Encoding.UTF8.GetBytes($$"""{"schemaVersion":1,"fsLayers":[{"blobSum":"{{Layer}}"}],"history":[]}"""), null));
        Refuses(() => ManifestDocument.Parse(Text([Entry(Ids[0], "")], ",\"layers\":[]"), null));
        Refuses(() => ManifestDocument.Parse(Text([Entry(Ids[0], "")]), MediaTypes.DockerManifest));
        Refuses(() => ManifestDocument.Parse(Text([Entry(Ids[0], "")], ",\"signatures\":[{\"protected\":\"e30\"}]"), null));
        Refuses(() => ManifestDocument.Parse(Text([Entry(Ids[0], "")], ",\"signatures\":[{\"protected\":\"!\"}]"), null));
        Refuses(() => ManifestDocument.Parse(Text([Entry(Ids[0], "")], ",\"signatures\":[{\"protected\":\"eyJmb3JtYXRMZW5ndGgiOjk5OTk5OSwiZm9ybWF0VGFpbCI6ImZRIn0\"}]"), null));
        Refuses(() => Parse(Entry(Ids[0], "")).Schema1!.ConfigurationOf([]));
    }

    private static void Refuses(Action act) => act.Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.DataLoss);

    private static string Entry(string id, string parent, string more = "") => $$"""{"id":"{{id}}"{{(parent.Length > 0 ? $",\"parent\":\"{parent}\"" : "")}}{{more}}}""";

    private static ManifestDocument Parse(params string[] entries) => ManifestDocument.Parse(Text(entries), MediaTypes.DockerSchema1Signed);

    private static byte[] Text(string[] entries, string more = "") => Encoding.UTF8.GetBytes(
        $$"""
        {"schemaVersion":1,"name":"app","tag":"v1","architecture":"amd64",
         "fsLayers":[{{string.Join(',', entries.Select(_ => $"{{\"blobSum\":\"{Layer}\"}}"))}}],
         "history":[{{string.Join(',', entries.Select(e => $"{{\"v1Compatibility\":{JsonSerializer.Serialize(e)}}}"))}}]{{more}}}
        """);
}
