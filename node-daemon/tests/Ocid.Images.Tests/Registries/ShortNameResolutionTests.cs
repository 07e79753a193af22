using Ocid.Images.Registries;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Registries;

public sealed class ShortNameResolutionTests
{
    private const string Hash = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Two = "unqualified-search-registries = ['one.example', 'docker.io']\n[aliases]\nnginx = 'alias.example/library/nginx'\n'team/app' = 'alias.example/app'\nempty = ''";

    [Theory]
    [InlineData("busybox", "one.example/busybox:latest", "docker.io/library/busybox:latest")]
    [InlineData("team/x:1", "one.example/team/x:1", "docker.io/team/x:1")]
    [InlineData("x@" + Hash, "one.example/x@" + Hash, "docker.io/library/x@" + Hash)]
    [InlineData("nginx", "alias.example/library/nginx:latest")]
    [InlineData("nginx:1.2", "alias.example/library/nginx:1.2")]
    [InlineData("team/app@" + Hash, "alias.example/app@" + Hash)]
    [InlineData("library/nginx", "one.example/library/nginx:latest", "docker.io/library/nginx:latest")]
    [InlineData("empty", "one.example/empty:latest", "docker.io/library/empty:latest")]
    [InlineData("quay.io/nginx", "quay.io/nginx:latest")]
    [InlineData("localhost/nginx", "localhost/nginx:latest")]
    [InlineData("host:5000/nginx", "host:5000/nginx:latest")]
    [InlineData("docker.io/nginx", "docker.io/library/nginx:latest")]
    public void A_name_is_pulled_from_these(string name, params string[] expected) =>
        Resolution(Two).ToPull(name).Select(r => r.ToString()).Should().Equal(expected);

    [Fact]
    public void A_recorded_alias_wins()
    {
        var recorded = new Dictionary<string, ShortNameAlias> { ["nginx"] = new(ImageReference.Parse("recorded.example/nginx"), "recorded") };

        new ShortNameResolution(RegistryListTests.List(Two), recorded).ToPull("nginx:1").Single().ToString().Should().Be("recorded.example/nginx:1");
    }

    [Fact]
    public void Enforcing_refuses_a_choice_that_nobody_can_make()
    {
        var enforcing = Resolution("short-name-mode = 'enforcing'\n" + Two);

        enforcing.Invoking(r => r.ToPull("busybox")).Should().Throw<OcidException>().WithMessage("*enforcing*one.example, docker.io*").Which.Kind.Should().Be(ErrorKind.InvalidArgument);
        enforcing.ToPull("nginx").Should().ContainSingle();
        Resolution("short-name-mode = 'enforcing'\nunqualified-search-registries = ['one.example']").ToPull("busybox").Should().ContainSingle();
    }

    [Fact]
    public void Without_search_registries_a_short_name_is_an_error_that_names_the_file() =>
        Resolution("").Invoking(r => r.ToPull("busybox")).Should().Throw<OcidException>().WithMessage("*\"busybox\"*f.conf has no unqualified-search-registries");

    [Theory]
    [InlineData("nginx", "alias.example/library/nginx:latest", "localhost/nginx:latest", "one.example/nginx:latest", "docker.io/library/nginx:latest", "docker.io/library/nginx:latest")]
    [InlineData("quay.io/nginx:1", "quay.io/nginx:1")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void An_image_in_the_store_is_looked_for_as_podman_does(string name, params string[] expected) =>
        Resolution("short-name-mode = 'enforcing'\n" + Two).InStore(name).Select(r => r.ToString()).Should().Equal(expected);

    private static ShortNameResolution Resolution(string conf) => new(RegistryListTests.List(conf), new Dictionary<string, ShortNameAlias>());
}
