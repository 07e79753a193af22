using System.Text;
using Ocid.Images.Registries;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Registries;

public sealed class RegistriesFileReaderTests
{
    [Theory]
    [InlineData("unqualified-search-registries = 'docker.io'", "f.conf:1:33: unqualified-search-registries: want an array of strings")]
    [InlineData("unqualified-search-registries = ['docker.io/library']", "docker.io/library\" is no host")]
    [InlineData("unqualified-search-registries = ['nodots']", "\"nodots\" is no host")]
    [InlineData("short-name-mode = 'strict'", "f.conf:1:19: short-name-mode: want permissive, enforcing or disabled, found \"strict\"")]
    [InlineData("[[registry]]\ninsecure = true", "f.conf:1:1: registry: neither prefix nor location is set")]
    [InlineData("[[registry]]\nprefix = 'example.com'", "registry \"example.com\": location is not set")]
    [InlineData("[[registry]]\nlocation = 'https://example.com'", "f.conf:2:12: \"https://example.com\": want a host")]
    [InlineData("[[registry]]\nprefix = '*.example.com/team'", "f.conf:2:10: prefix \"*.example.com/team\": a wildcard stands only as in *.example.com")]
    [InlineData("[[registry]]\nlocation = 'a.example'\npull-from-mirror = 'all'", "f.conf:3:20: pull-from-mirror belongs to a [[registry.mirror]]")]
    [InlineData("[[registry]]\nlocation = 'a.example'\n[[registry.mirror]]\ninsecure = true", "f.conf:3:1: mirror: location is not set")]
    [InlineData("[[registry]]\nlocation = 'a.example'\n[[registry.mirror]]\nlocation = 'm.example'\npull-from-mirror = 'some'", "f.conf:5:20: pull-from-mirror: want all, digest-only or tag-only")]
    [InlineData("[[registry]]\nlocation = 'a.example'\nmirror-by-digest-only = true\n[[registry.mirror]]\nlocation = 'm.example'\npull-from-mirror = 'all'", "exclude one another")]
    [InlineData("[[registry]]\nlocation = 'a.example'\n[[registry]]\nprefix = 'a.example/b'\nlocation = 'a.example'\nblocked = true", "f.conf:3:1: registry \"a.example\" is insecure or blocked here, but not at f.conf:1")]
    [InlineData("[[registry]]\nlocation = 'a.example'\ninsecure = 'yes'", "f.conf:3:12: insecure: want a boolean")]
    [InlineData("[aliases]\n'quay.io/x' = 'quay.io/x'", "f.conf:2:1: aliases: \"quay.io/x\" is no short name")]
    [InlineData("[aliases]\nx = 'library/x'", "f.conf:2:5: aliases: \"library/x\": want a registry and a repository")]
    [InlineData("[aliases]\nx = 'quay.io/x:1'", "f.conf:2:5: aliases: \"quay.io/x:1\": want a registry and a repository, without tag")]
    [InlineData("[registries.search]\nregistries = []\n[[registry]]\nlocation = 'a.example'", "is version 2, but [registries] at")]
    [InlineData("location = ", "f.conf:1:12: ")]
    public void What_is_wrong_is_named_with_its_place(string text, string message)
    {
        var read = () => Read(text);

        read.Should().Throw<OcidException>().WithMessage($"*{message.Replace("*.", "?.", StringComparison.Ordinal)}*");
    }

    [Fact]
    public void An_unknown_key_is_a_warning_that_names_its_place()
    {
        var warnings = new List<string>();

        Read("colour = 'red'\n[[registry]]\nlocation = 'a.example'\nunsecure = true\n[[registry.mirror]]\nlocation = 'm.example'\nblocked = true", warnings);

        warnings.Should().Equal(
            "f.conf:1:1: unknown key colour has no effect",
            "f.conf:4:1: unknown key registry.unsecure has no effect",
            "f.conf:7:1: unknown key registry.mirror.blocked has no effect");
    }

    [Fact]
    public void Version_1_is_read_as_the_peers_read_it()
    {
        var file = Read("[registries.search]\nregistries = ['one.example', 'two.example/']\n[registries.insecure]\nregistries = ['three.example']\n[registries.block]\nregistries = ['three.example', 'four.example']");

        file.SearchRegistries.Should().Equal("one.example", "two.example");
        file.Registries.Select(r => (r.Prefix, r.Insecure, r.Blocked)).Should().BeEquivalentTo([("three.example", true, true), ("four.example", false, true)]);
    }

    [Fact]
    public void Version_1_is_refused_in_a_drop_in()
    {
        var read = () => Read("[registries.search]\nregistries = ['one.example']", isDropIn: true);

        read.Should().Throw<OcidException>().WithMessage("*write unqualified-search-registries and *");
    }

    private static RegistriesFile Read(string text, List<string>? warnings = null, bool isDropIn = false) =>
        new RegistriesFileReader("f.conf", (warnings ?? []).Add).Read(Encoding.UTF8.GetBytes(text), isDropIn);
}
