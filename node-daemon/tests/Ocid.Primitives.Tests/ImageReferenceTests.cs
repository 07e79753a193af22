namespace Ocid.Primitives.Tests;

public sealed class ImageReferenceTests
{
    [Theory]
    [InlineData("busybox", "docker.io/library/busybox")]
    [InlineData("busybox:1.36", "docker.io/library/busybox:1.36")]
    [InlineData("docker.io/busybox", "docker.io/library/busybox")]
    [InlineData("index.docker.io/a/b", "docker.io/a/b")]
    [InlineData("a/b/c:tag", "docker.io/a/b/c:tag")]
    [InlineData("localhost/a", "localhost/a")]
    [InlineData("127.0.0.1:5000/debian:12", "127.0.0.1:5000/debian:12")]
    [InlineData("[::1]:5000/x", "[::1]:5000/x")]
    [InlineData("registry.k8s.io/pause:3.10@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "registry.k8s.io/pause:3.10@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Parse_normalises_as_the_field_does(string text, string normalised) =>
        ImageReference.Parse(text).ToString().Should().Be(normalised);

    [Theory]
    [InlineData("")]
    [InlineData("Busybox")]
    [InlineData("a//b")]
    [InlineData("a:")]
    [InlineData("a@sha256:1234")]
    [InlineData("a@md5:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("../etc/passwd")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void TryParse_refuses_what_is_no_reference(string text) =>
        ImageReference.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void WithDefaultTag_adds_latest_only_where_nothing_is_named()
    {
        ImageReference.Parse("busybox").WithDefaultTag().Tag.Should().Be("latest");
        ImageReference.Parse("busybox:1").WithDefaultTag().Tag.Should().Be("1");
    }

    [Fact]
    public void Tag_and_digest_are_read_apart()
    {
        var digest = Digest.Sha256("x"u8);
        var reference = ImageReference.Parse($"quay.io/a/b:v1@{digest}");
        reference.Should().BeEquivalentTo(new { Domain = "quay.io", Path = "a/b", Tag = "v1", Digest = digest });
    }
}
