using System.Text;
using Ocid.Images.Registries;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Registries;

public sealed class RegistryListTests
{
    private const string Hash = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("other.example/x:1", "other.example/x:1")]
    [InlineData("example.com/x:1", "internal.example/com/x:1")]
    [InlineData("example.com:5000/x:1", "internal.example/com:5000/x:1")] // no reference: see the next test
    [InlineData("example.com/team/x:1", "internal.example/team/x:1")]
    [InlineData("example.com/teams/x:1", "internal.example/com/teams/x:1")]
    [InlineData("example.com/team/app:1", "app.example/of/team:1")]
    [InlineData("a.wild.example/x:1", "a.wild.example/x:1")]
    [InlineData("a.b.wild.example:8443/x:1", "a.b.wild.example:8443/x:1")]
    [InlineData("wild.example/x:1", "wild.example/x:1")]
    [InlineData("a.tame.example/x:1", "zoo.example/x:1")]
    [InlineData("special.tame.example/x:1", "special.example/x:1")]
    public void The_longest_prefix_gives_the_location(string asked, string expected)
    {
        var list = List("""
            [[registry]]
            location = "internal.example/com"
            prefix = "example.com"
            [[registry]]
            location = "internal.example/team"
            prefix = "example.com/team"
            [[registry]]
            location = "app.example/of/team"
            prefix = "example.com/team/app"
            [[registry]]
            prefix = "*.wild.example"
            [[registry]]
            prefix = "*.tame.example"
            location = "zoo.example"
            [[registry]]
            prefix = "special.tame.example"
            location = "special.example"
            """);

        if (ImageReference.TryParse(expected, out _))
            Endpoints(list, asked).Should().Equal(expected);
        else
            list.Invoking(l => l.EndpointsOf(ImageReference.Parse(asked))).Should().Throw<OcidException>().WithMessage("*is rewritten to*no image reference");
    }

    [Theory]
    [InlineData(":1", "all.example/x:1", "tags.example/x:1", "origin.example/x:1")]
    [InlineData("@" + Hash, "all.example/x@" + Hash, "digests.example/x@" + Hash, "origin.example/x@" + Hash)]
    public void Mirrors_come_first_and_only_for_what_they_serve(string what, params string[] expected)
    {
        var list = List("""
            [[registry]]
            location = "origin.example"
            [[registry.mirror]]
            location = "all.example"
            [[registry.mirror]]
            location = "digests.example"
            pull-from-mirror = "digest-only"
            [[registry.mirror]]
            location = "tags.example"
            pull-from-mirror = "tag-only"
            """);

        Endpoints(list, "origin.example/x" + what).Should().Equal(expected);
    }

    [Fact]
    public void Mirrors_by_digest_only_are_for_digests_only()
    {
        var list = List("[[registry]]\nlocation = 'origin.example'\nmirror-by-digest-only = true\n[[registry.mirror]]\nlocation = 'm.example'");

        Endpoints(list, "origin.example/x:1").Should().Equal("origin.example/x:1");
        Endpoints(list, $"origin.example/x@{Hash}").Should().HaveCount(2);
    }

    [Fact]
    public void A_mirror_is_insecure_only_where_it_says_so_itself()
    {
        var list = List("[[registry]]\nlocation = 'origin.example'\ninsecure = true\n[[registry.mirror]]\nlocation = 'one.example'\n[[registry.mirror]]\nlocation = 'two.example'\ninsecure = true");

        list.EndpointsOf(ImageReference.Parse("origin.example/x:1")).Select(e => (e.Reference.Domain, e.Insecure, e.IsMirror))
            .Should().Equal(("one.example", false, true), ("two.example", true, true), ("origin.example", true, false));
    }

    [Fact]
    public void A_blocked_registry_is_refused()
    {
        var list = List("[[registry]]\nlocation = 'bad.example'\nblocked = true\n[[registry]]\nlocation = 'bad.example/good'\n[[registry]]\nprefix = '*.bad.example'\nblocked = true");

        foreach (var name in new[] { "bad.example/x:1", "a.bad.example/x:1", "b.bad.example.bad.example/x:1", "BAD.example/x:1" })
        {
            var refused = list.Invoking(l => l.EndpointsOf(ImageReference.Parse(name))).Should().Throw<OcidException>().Which;
            refused.Kind.Should().Be(ErrorKind.PermissionDenied);
            refused.Message.Should().Contain("blocked at f.conf:");
            list.Invoking(l => l.TargetOf(ImageReference.Parse(name))).Should().Throw<OcidException>();
        }

        Endpoints(list, "bad.example/good/x:1").Should().Equal("bad.example/good/x:1");
    }

    [Fact]
    public void The_mirrors_of_a_blocked_registry_still_serve()
    {
        var list = List("[[registry]]\nlocation = 'source.example'\nblocked = true\n[[registry.mirror]]\nlocation = 'm.example'\n[[registry.mirror]]\nlocation = 'bad.example'\n[[registry]]\nlocation = 'bad.example'\nblocked = true");

        Endpoints(list, "source.example/x:1").Should().Equal("m.example/x:1");
    }

    [Fact]
    public void A_drop_in_replaces_a_registry_whole_and_each_key_that_it_has()
    {
        var list = List(
            "unqualified-search-registries = ['one.example']\nshort-name-mode = 'enforcing'\n[[registry]]\nlocation = 'a.example'\ninsecure = true\n[[registry.mirror]]\nlocation = 'm.example'\n[[registry]]\nlocation = 'b.example'\ninsecure = true\n[aliases]\nx = 'one.example/x'\ny = 'one.example/y'",
            "[[registry]]\nlocation = 'a.example'\n[aliases]\nx = ''",
            "unqualified-search-registries = ['two.example']");

        Endpoints(list, "a.example/x:1").Should().Equal("a.example/x:1");
        list.EndpointsOf(ImageReference.Parse("a.example/x:1"))[0].Insecure.Should().BeFalse();
        list.EndpointsOf(ImageReference.Parse("b.example/x:1"))[0].Insecure.Should().BeTrue();
        list.SearchRegistries.Should().Equal("two.example");
        list.ShortNames.Should().Be(ShortNameMode.Enforcing);
        list.AliasOf("x")!.Repository.Should().BeNull();
        list.AliasOf("y")!.Repository!.Name.Should().Be("one.example/y");
    }

    [Fact]
    public void Hosts_that_the_daemon_calls_insecure_are_so_wherever_they_stand()
    {
        var list = new RegistryList([Read("[[registry]]\nlocation = 'origin.example'\n[[registry.mirror]]\nlocation = '127.0.0.1:5000'")], ["127.0.0.1:5000"], []);

        list.EndpointsOf(ImageReference.Parse("origin.example/x")).Select(e => e.Insecure).Should().Equal(true, false);
    }

    private static IEnumerable<string> Endpoints(RegistryList list, string asked) => list.EndpointsOf(ImageReference.Parse(asked)).Select(e => e.Reference.ToString());

    internal static RegistryList List(params string[] files) => new([.. files.Select(Read)], [], []);

    private static RegistriesFile Read(string text) => new RegistriesFileReader("f.conf", static _ => { }).Read(Encoding.UTF8.GetBytes(text), isDropIn: false);
}
