using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Images.Live;
using Ocid.Images.Registries;
using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Images.Tests.Pulling;

/// <summary>With one registries.conf, the peers and we ask the same endpoints for the same names in the same order.</summary>
public sealed class PeerEndpointsTests
{
    private const string Hash = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly string[] Names =
    [
        "one.example/app:1", "one.example/app@" + Hash, "one.example/team/app:1", "one.example/team/app@" + Hash, "one.example/teams/app:1",
        "two.example/app:1", "two.example/app@" + Hash, "a.wild.example/app:1", "a.b.wild.example/app:1", "c.wild.example/app:1",
        "shut.example/app:1", "shut.example/app@" + Hash, "half.example/app:1",
    ];

    [SkippableFact]
    public async Task The_same_endpoints_are_asked_as_skopeo_asks()
    {
        Skip.If(Tool.Find("skopeo") is null, "needs skopeo");
        using var folder = new TemporaryFolder();
        await using var registry = Empty();
        var conf = folder.Write("registries.conf", Configuration(registry.Host));
        using var registries = new ImageRegistries(
            new ImageRegistriesOptions { Roots = new ImageConfigurationRoots([folder.Path]), RecordedAliases = folder.At("none") }, NullLoggerFactory.Instance);

        foreach (var name in Names)
        {
            await Tool.TryRunAsync(null, "skopeo", "--registries-conf", conf, "inspect", "--raw", $"docker://{name}");
            var theirs = Asked(registry);
            theirs.Should().NotBeEmpty();
            await FluentActions.Awaiting(() => registries.OpenAsync(ImageReference.Parse(name), new EndpointAccess(), CancellationToken.None)).Should().ThrowAsync<OcidException>();
            Asked(registry).Should().Equal(theirs, name);
        }
    }

    [SkippableFact]
    public async Task Short_names_are_looked_for_as_podman_looks()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = Empty();
        await store.WriteAsync("registries.conf", $"""
            unqualified-search-registries = ["one.example", "two.example"]
            [[registry]]
            prefix = "one.example"
            location = "{registry.Host}/one"
            insecure = true
            [[registry]]
            prefix = "two.example"
            location = "{registry.Host}/two"
            insecure = true
            [aliases]
            aliased = "two.example/of/alias"
            "team/aliased" = "one.example/of/team"
            """);

        foreach (var name in new[] { "app:1", "team/app", "app@" + Hash, "aliased:2", "team/aliased", "library/aliased", "one.example/app:1" })
        {
            await Tool.TryRunAsync(
                null, "env", $"CONTAINERS_REGISTRIES_CONF={store.Etc}/registries.conf", "podman", "--root", store.Root, "--runroot", store.RunRoot, "--storage-driver", "overlay", "pull", "--quiet", name);
            var theirs = Asked(registry);
            theirs.Should().NotBeEmpty();
            await FluentActions.Awaiting(() => store.PullNamedAsync(name)).Should().ThrowAsync<OcidException>();
            Asked(registry).Should().Equal(theirs, name);
        }
    }

    private static ScriptedRegistry Empty() => new(context => ScriptedRegistry.SendAsync(
        context, [], status: context.Request.Url!.AbsolutePath == "/v2/" ? HttpStatusCode.OK : HttpStatusCode.NotFound));

    private static string[] Asked(ScriptedRegistry registry)
    {
        string[] asked = [.. registry.Requests.Select(r => r.Path).Where(path => path.Contains("/manifests/", StringComparison.Ordinal)).Distinct()];
        registry.Requests.Clear();
        return asked;
    }

    // All at one server: the path says which endpoint it is.
    private static string Configuration(string host) => $"""
        [[registry]]
        prefix = "one.example"
        location = "{host}/one"
        insecure = true
        [[registry.mirror]]
        location = "{host}/one-all"
        insecure = true
        [[registry.mirror]]
        location = "{host}/one-digests"
        insecure = true
        pull-from-mirror = "digest-only"
        [[registry.mirror]]
        location = "{host}/one-tags"
        insecure = true
        pull-from-mirror = "tag-only"

        [[registry]]
        prefix = "one.example/team"
        location = "{host}/one-team"
        insecure = true

        [[registry]]
        prefix = "two.example"
        location = "{host}/two"
        insecure = true
        mirror-by-digest-only = true
        [[registry.mirror]]
        location = "{host}/two-mirror"
        insecure = true

        [[registry]]
        prefix = "*.wild.example"
        location = "{host}/wild"
        insecure = true

        [[registry]]
        prefix = "c.wild.example"
        location = "{host}/tame"
        insecure = true

        [[registry]]
        location = "shut.example"
        blocked = true
        [[registry.mirror]]
        location = "{host}/shut-mirror"
        insecure = true

        [[registry]]
        prefix = "half.example"
        location = "{host}/half"
        insecure = true
        [[registry.mirror]]
        location = "shut.example/app"
        """;
}
