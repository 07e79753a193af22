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

    [Fact]
    public void Schema_1_is_not_supported()
    {
        var parse = () => Parse("""{"schemaVersion":1,"fsLayers":[]}""", "application/vnd.docker.distribution.manifest.v1+json");

        parse.Should().Throw<OcidException>();
    }

    [Theory]
    [InlineData("amd64", null, 1)]
    [InlineData("arm64", null, 3)]
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

    private static ManifestDocument Index()
    {
        string[] platforms =
        [
            "\"os\":\"linux\",\"architecture\":\"amd64\"", "\"os\":\"linux\",\"architecture\":\"arm64\"",
            "\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\"", "\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\"",
            "\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v6\"", "\"os\":\"unknown\",\"architecture\":\"unknown\"",
        ];
        var images = platforms.Select((p, i) => Blob.Replace("\"size\":3", $"\"size\":{i + 1},\"platform\":{{{p}}}", StringComparison.Ordinal));
        return Parse($$"""{"schemaVersion":2,"manifests":[{{string.Join(',', images)}}]}""", null);
    }

    private static ManifestDocument Parse(string json, string? contentType) => ManifestDocument.Parse(Encoding.UTF8.GetBytes(json), contentType);
}
