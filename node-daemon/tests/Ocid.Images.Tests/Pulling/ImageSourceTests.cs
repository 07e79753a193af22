using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Images.Live;
using Ocid.Images.Registries;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Pulling;

/// <summary>Which endpoints are asked, in which order, and with what: seen from registries that write down what they are asked.</summary>
public sealed class ImageSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_endpoint_is_asked_in_order_and_named_with_its_reason()
    {
        await using var mirror = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.ServiceUnavailable));
        await using var other = Refusing();
        await using var origin = Refusing();
        _folder.Write("registries.conf", Registry("app.example", origin.Host + "/own", mirror.Host, other.Host + "/cache"));

        var open = () => OpenAsync("app.example/team/app:1");

        var failure = (await open.Should().ThrowAsync<OcidException>()).Which;
        failure.Kind.Should().Be(ErrorKind.NotFound);
        failure.Message.Should().StartWith($"manifest {origin.Host}/own/team/app:1: 404")
            .And.Contain($"{mirror.Host}/team/app:1: RegistryUnavailable: ").And.Contain($"{other.Host}/cache/team/app:1: manifest");
        Manifests(mirror).Should().Equal("/v2/team/app/manifests/1"); // no second try where there is another to ask
        Manifests(other).Should().Equal("/v2/cache/team/app/manifests/1");
        Manifests(origin).Should().Equal("/v2/own/team/app/manifests/1");
    }

    [Fact]
    public async Task Credentials_that_were_given_for_the_image_are_for_no_mirror_of_it()
    {
        await using var mirror = WantingPassword();
        await using var origin = WantingPassword();
        _folder.Write("registries.conf", Registry(origin.Host, origin.Host, mirror.Host));

        var open = () => OpenAsync($"{origin.Host}/app:1", new RegistryCredentials { Username = "u", Password = "p" });

        await open.Should().ThrowAsync<OcidException>();
        mirror.Requests.Should().NotBeEmpty().And.OnlyContain(request => request.Authorization == null);
        origin.Requests.Should().Contain(request => request.Authorization == "Basic dTpw");
    }

    [Fact]
    public async Task Each_mirror_gets_the_credentials_of_its_own_host()
    {
        await using var mirror = WantingPassword();
        await using var origin = WantingPassword();
        _folder.Write("registries.conf", Registry("app.example", origin.Host, mirror.Host));
        _folder.Write("auth.json", $$$$"""{"auths": {"{{{{mirror.Host}}}}": {"auth": "bTpt"}, "{{{{origin.Host}}}}/app": {"auth": "bzpv"}, "app.example": {"auth": "YTph"}}}""");

        var open = () => OpenAsync("app.example/app:1");

        await open.Should().ThrowAsync<OcidException>();
        mirror.Requests.Select(r => r.Authorization).Distinct().Should().BeEquivalentTo([null, "Basic bTpt"]);
        origin.Requests.Select(r => r.Authorization).Distinct().Should().BeEquivalentTo([null, "Basic bzpv"]);
    }

    [Fact]
    public async Task Insisting_on_TLS_wins_over_registries_conf()
    {
        await using var origin = Refusing();
        _folder.Write("registries.conf", Registry(origin.Host, origin.Host));

        var open = () => OpenAsync($"{origin.Host}/app:1", tlsVerify: true);

        (await open.Should().ThrowAsync<OcidException>()).Which.Kind.Should().NotBe(ErrorKind.NotFound);
        Manifests(origin).Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_blocked_is_asked_of_nobody()
    {
        await using var origin = Refusing();
        _folder.Write("registries.conf", $"[[registry]]\nlocation = '{origin.Host}'\nblocked = true");

        var open = () => OpenAsync($"{origin.Host}/app:1");

        (await open.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.PermissionDenied);
        origin.Requests.Should().BeEmpty();
    }

    private static ScriptedRegistry Refusing() => new(context => ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.NotFound));

    private static ScriptedRegistry WantingPassword() => new(context =>
    {
        context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"test\"");
        return ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.Unauthorized);
    });

    private static string Registry(string prefix, string location, params string[] mirrors) =>
        $"[[registry]]\nprefix = '{prefix}'\nlocation = '{location}'\ninsecure = true\n{string.Concat(mirrors.Select(mirror => $"[[registry.mirror]]\nlocation = '{mirror}'\ninsecure = true\n"))}";

    private static IEnumerable<string> Manifests(ScriptedRegistry registry) => registry.Requests.Select(r => r.Path).Where(path => path.Contains("/manifests/", StringComparison.Ordinal)).Distinct();

    private async Task OpenAsync(string reference, RegistryCredentials? credentials = null, bool? tlsVerify = null)
    {
        using var registries = new ImageRegistries(
            new ImageRegistriesOptions { Roots = new ImageConfigurationRoots([_folder.Path]), AuthFiles = [new(_folder.At("auth.json"))], RecordedAliases = _folder.At("none") }, NullLoggerFactory.Instance);
        using var source = await registries.OpenAsync(ImageReference.Parse(reference), new EndpointAccess { Credentials = credentials, TlsVerify = tlsVerify }, CancellationToken.None);
    }
}
