namespace Ocid.Revisions.Tests;

public sealed class RevisionPathTests
{
    [Theory]
    [InlineData("registries.conf")]
    [InlineData("certs.d/registry.example:5000/ca.crt")]
    [InlineData("...")]
    [InlineData("a/revision.json")]
    [InlineData("keys/schlüssel.pub")]
    public void A_path_below_the_directory_is_taken(string text) => RevisionPath.Parse(text).Value.Should().Be(text);

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("a/../../b")]
    [InlineData("./a")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\\b")]
    [InlineData("a\u0085b")]
    [InlineData("revision.json")]
    public void What_leaves_it_or_is_no_file_is_refused(string text) => RevisionPath.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void Half_a_surrogate_pair_is_refused() => RevisionPath.TryParse("a" + (char)0xD800, out _).Should().BeFalse();

    [Fact]
    public void A_name_has_at_most_255_bytes()
    {
        RevisionPath.TryParse(new string('x', 255), out _).Should().BeTrue();
        RevisionPath.TryParse(new string('ü', 128), out _).Should().BeFalse();
    }
}
