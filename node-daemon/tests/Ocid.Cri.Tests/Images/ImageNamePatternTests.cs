using Ocid.Primitives;

namespace Ocid.Cri.Tests.Images;

public sealed class ImageNamePatternTests
{
    [Theory]
    [InlineData("quay.io/team/app:1", "quay.io/team/app:1", true)]
    [InlineData("quay.io/team/app:1", "quay.io/team/app:2", false)]
    [InlineData("quay.io/team/app", "quay.io/team/app:2", true)]
    [InlineData("quay.io/team/app", "quay.io/team/application:2", false)]
    [InlineData("busybox", "docker.io/library/busybox:latest", true)]
    [InlineData("quay.io/team/*", "quay.io/team/app:2", true)]
    [InlineData("quay.io/team/*", "mirror.example/quay.io/team/app:2", false)]
    [InlineData("*team/a*", "mirror.example/quay.io/team/app:2", true)]
    public void A_pattern_is_a_name_a_beginning_or_a_word(string pattern, string name, bool matches) =>
        ImageNamePattern.Parse(pattern).Matches(name).Should().Be(matches);

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("*app")]
    [InlineData("quay.io/*/app*")]
    [InlineData("UPPER")]
    public void What_is_none_of_these_is_refused(string pattern) =>
        FluentActions.Invoking(() => ImageNamePattern.Parse(pattern)).Should().Throw<OcidException>().Which.Kind.Should().Be(ErrorKind.InvalidArgument);
}
