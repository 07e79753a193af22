using System.Text;
using Ocid.Primitives;

namespace Ocid.Revisions.Tests;

public sealed class DirectoryMarkTests
{
    private static string Fill(string path, string directory = "/etc/ocid/revisions/current/") =>
        Encoding.UTF8.GetString(DirectoryMark.Fill(RevisionPath.Parse(path), Encoding.UTF8.GetBytes("a = \"@DIR@/x\""), directory).Span);

    [Theory]
    [InlineData("10-live.toml")]
    [InlineData("policy.json")]
    [InlineData("policies/team-a.json")]
    public void It_becomes_the_directory_in_our_own_files_and_in_policies(string path) => Fill(path).Should().Be("a = \"/etc/ocid/revisions/current/x\"");

    [Theory]
    [InlineData("registries.conf")]
    [InlineData("keys/a.toml")]
    [InlineData("auth.json")]
    public void Elsewhere_it_is_text_as_any_other(string path) => Fill(path).Should().Be("a = \"@DIR@/x\"");

    [Theory]
    [InlineData("relative")]
    [InlineData("/a\"b")]
    [InlineData("/a\nb")]
    public void A_directory_that_could_not_stand_in_a_text_is_refused(string directory) =>
        A.Failure(() => Fill("10-live.toml", directory)).Kind.Should().Be(ErrorKind.InvalidArgument);
}
