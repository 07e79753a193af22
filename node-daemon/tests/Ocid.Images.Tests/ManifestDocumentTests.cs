using System.Text;
using Ocid.Images.Manifests;
using Ocid.Primitives;

namespace Ocid.Images.Tests;

public sealed class ManifestDocumentTests
{
    private const string Blob = """{"mediaType":"x","digest":"sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef","size":3}""";

    [Theory]
    [InlineData("application/vnd.oci.image.manifest.v1+json", false)]
    [InlineData("application/vnd.docker.distribution.manifest.v2+json", false)]
    [InlineData("application/vnd.oci.image.index.v1+json", true)]
    [InlineData("application/vnd.docker.distribution.manifest.list.v2+json", true)]
    public void Each_kind_is_read(string mediaType, bool list)
    {
        var document = Parse($$"""{"schemaVersion":2,"mediaType":"{{mediaType}}",{{(list ? $"\"manifests\":[{Blob}]" : $"\"config\":{Blob},\"layers\":[{Blob}]")}}}""", mediaType);

        document.IsList.Should().Be(list);
        (list ? document.Images : document.Layers).Should().ContainSingle().Which.Size.Should().Be(3);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    public void Without_a_known_content_type_the_document_says_what_it_is(string? contentType) =>
        Parse($$"""{"schemaVersion":2,"config":{{Blob}},"layers":[]}""", contentType).MediaType.Should().Be("application/vnd.oci.image.manifest.v1+json");

    [Theory]
    [InlineData("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""", "application/vnd.oci.image.manifest.v1+json")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"layers":[],"config":BLOB}""", "application/vnd.oci.image.manifest.v1+json")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"layers":[]}""", "application/vnd.oci.image.index.v1+json")]
    [InlineData("""{"schemaVersion":2,"manifests":[]}""", "application/vnd.oci.image.manifest.v1+json")]
    [InlineData("""{"schemaVersion":2,"config":BLOB,"layers":[],"fsLayers":[]}""", null)]
    [InlineData("""{"schemaVersion":2,"config":BLOB,"layers":[],"layers":[BLOB]}""", null)]
    [InlineData("""{"schemaVersion":2,"config":{"digest":"sha256:x","size":1},"layers":[]}""", null)]
    [InlineData("""{"schemaVersion":2,"config":{"size":1},"layers":[]}""", null)]
    [InlineData("""{"schemaVersion":3,"config":BLOB,"layers":[]}""", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    public void A_document_that_contradicts_itself_is_refused(string json, string? contentType)
    {
        var parse = () => Parse(json.Replace("BLOB", Blob, StringComparison.Ordinal), contentType);

        parse.Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.DataLoss);
    }

    [Fact]
    public void A_negative_size_is_refused()
    {
        var parse = () => Parse($$"""{"schemaVersion":2,"config":{{Blob}},"layers":[{{Blob.Replace(":3", ":-3", StringComparison.Ordinal)}}]}""", null);

        parse.Should().Throw<OcidException>();
    }

    [Theory]
    [InlineData("\"artifactType\":\"application/vnd.example\",", "application/vnd.oci.empty.v1+json", "application/vnd.example")]
    [InlineData("", "application/vnd.docker.plugin.v1+json", "application/vnd.docker.plugin.v1+json")]
    [InlineData("\"artifactType\":\"application/vnd.example\",", "application/vnd.oci.image.config.v1+json", null)]
    public void An_artifact_is_named_by_its_type(string artifactType, string configType, string? expected)
    {
        var config = Blob.Replace("\"x\"", $"\"{configType}\"", StringComparison.Ordinal);
        var document = Parse($$"""{"schemaVersion":2,{{artifactType}}"config":{{config}},"layers":[],"subject":{{Blob}},"annotations":{"a":"b"} }""", "application/vnd.oci.image.manifest.v1+json");

        document.ArtifactType.Should().Be(expected);
        document.Subject!.Size.Should().Be(3);
        document.Annotations.Should().Contain("a", "b");
        var require = () => document.RequireImage(ImageReference.Parse("example.test/app"));
        if (expected is null)
            require.Should().NotThrow();
        else
            require.Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.InvalidArgument && e.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_member_of_a_platform_is_read()
    {
        var image = Blob.Replace("\"size\":3", """
            "size":3,"artifactType":"t","urls":["https://a.test/"],"annotations":{"k":"v"},
            "platform":{"os":"windows","architecture":"amd64","os.version":"10.0","os.features":["win32k"],"variant":"v2"}
            """, StringComparison.Ordinal);

        Parse($$"""{"schemaVersion":2,"manifests":[{{image}}]}""", null).Images.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            ArtifactType = "t",
            Urls = new[] { "https://a.test/" },
            Annotations = new Dictionary<string, string> { ["k"] = "v" },
            Platform = new { OperatingSystem = "windows", Architecture = "amd64", OperatingSystemVersion = "10.0", OperatingSystemFeatures = new[] { "win32k" }, Variant = "v2" },
        });
    }

    [Theory]
    [InlineData("amd64", null, 1)]
    [InlineData("amd64", "v1", 1)]
    [InlineData("amd64", "v2", 1)]
    [InlineData("amd64", "v3", 7)]
    [InlineData("amd64", "v4", 7)]
    [InlineData("arm64", null, 3)]
    [InlineData("arm64", "v9", 3)]
    [InlineData("arm", "v8", 4)]
    [InlineData("arm", "v7", 4)]
    [InlineData("arm", "v6", 5)]
    public void The_image_of_the_platform_is_chosen(string architecture, string? variant, int expected) =>
        PlatformChoice.Of(Index(), new Platform("linux", architecture, variant)).Size.Should().Be(expected);

    [Fact]
    public void A_platform_that_is_not_there_is_not_found()
    {
        var choose = () => PlatformChoice.Of(Index(), new Platform("linux", "s390x"));

        choose.Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.NotFound);
    }

    [Fact]
    public void An_old_processor_gets_no_image_of_a_newer_one()
    {
        var choose = () => PlatformChoice.Of(Index(), new Platform("linux", "arm", "v5"));

        choose.Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.NotFound);
    }

    private static ManifestDocument Index()
    {
        string[] platforms =
        [
            "\"os\":\"linux\",\"architecture\":\"amd64\"", "\"os\":\"linux\",\"architecture\":\"arm64\"",
            "\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\"", "\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\"",
            "\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v6\"", "\"os\":\"unknown\",\"architecture\":\"unknown\"",
            "\"os\":\"linux\",\"architecture\":\"amd64\",\"variant\":\"v3\"",
        ];
        var images = platforms.Select((p, i) => Blob.Replace("\"size\":3", $"\"size\":{i + 1},\"platform\":{{{p}}}", StringComparison.Ordinal));
        return Parse($$"""{"schemaVersion":2,"manifests":[{{string.Join(',', images)}}]}""", null);
    }

    private static ManifestDocument Parse(string json, string? contentType) => ManifestDocument.Parse(Encoding.UTF8.GetBytes(json), contentType);
}
