using System.Text;
using Ocid.Images.Credentials;
using Ocid.Images.Registry;
using Ocid.Images.Tests.Registries;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Credentials;

public sealed class CredentialStoreTests : IDisposable
{
    private const string Secret = "hunter2";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _told = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("quay.io/team/app/web", "web")]
    [InlineData("quay.io/team/app/api", "app")]
    [InlineData("quay.io/team/application", "team")]
    [InlineData("quay.io/other", "quay")]
    [InlineData("quay.io:8443/other", null)]
    [InlineData("docker.io/library/busybox", "hub")]
    [InlineData("address.example/x", "address")]
    [InlineData("unknown.example/x", null)]
    [InlineData("empty.example/x", null)]
    public async Task The_most_specific_key_is_taken(string repository, string? user)
    {
        Write("auth.json", $$$$"""
            {"auths": {
              "quay.io": {"auth": "{{{{Auth("quay")}}}}"},
              "quay.io/team": {"auth": "{{{{Auth("team")}}}}"},
              "quay.io/team/app": {"auth": "{{{{Auth("app")}}}}"},
              "quay.io/team/app/web": {"auth": "{{{{Auth("web")}}}}"},
              "https://index.docker.io/v1/": {"auth": "{{{{Auth("hub")}}}}"},
              "https://address.example/v2/": {"auth": "{{{{Auth("address")}}}}"},
              "empty.example": {}
            }}
            """);

        var found = await FindAsync(repository);

        found?.Username.Should().Be(user);
        found?.Password.Should().Be(Secret);
        (found is null).Should().Be(user is null);
    }

    [Fact]
    public async Task The_first_file_that_has_any_wins_and_the_legacy_format_is_read()
    {
        Write("auth.json", $$$$"""{"auths": {"a.example": {"auth": "{{{{Auth("first")}}}}"}}}""");
        Write("config.json", $$$$"""{"auths": {"a.example": {"auth": "{{{{Auth("second")}}}}"}, "b.example": {"identitytoken": "idt", "auth": "{{{{Auth("x")}}}}"}, "d.example": {"registrytoken": "rt"}}}""");
        Write(".dockercfg", $$$$"""{"https://c.example/v1/": {"auth": "{{{{Auth("third")}}}}", "email": "x"}}""");

        (await FindAsync("a.example/x"))!.Username.Should().Be("first");
        (await FindAsync("b.example/x"))!.IdentityToken.Should().Be("idt");
        (await FindAsync("c.example/x"))!.Username.Should().Be("third");
        (await FindAsync("d.example/x"))!.RegistryToken.Should().Be("rt");
    }

    [Fact]
    public async Task Helpers_are_asked_for_the_host_that_they_keep()
    {
        Helper("own", """read server; echo "{\"ServerURL\":\"$server\",\"Username\":\"own-$server\",\"Secret\":\"hunter2\"}" """);
        Helper("all", """read server; case $server in none.example) echo "credentials not found in native keychain"; exit 1;; token.example) echo '{"Username":"<token>","Secret":"idt"}';; *) echo "{\"Username\":\"all-$server\",\"Secret\":\"hunter2\"}";; esac""");
        Write("auth.json", $$$$"""{"credHelpers": {"own.example": "own"}, "credsStore": "all", "auths": {"plain.example": {"auth": "{{{{Auth("plain")}}}}"}, "https://index.docker.io/v1/": {}}}""");

        (await FindAsync("own.example/x"))!.Username.Should().Be("own-own.example");
        (await FindAsync("plain.example/x"))!.Username.Should().Be("plain");
        (await FindAsync("busybox"))!.Username.Should().Be("all-https://index.docker.io/v1/");
        (await FindAsync("token.example/x"))!.IdentityToken.Should().Be("idt");
        (await FindAsync("none.example/x")).Should().BeNull();
    }

    [Fact]
    public async Task Helpers_of_registries_conf_and_files_are_asked_in_its_order()
    {
        Helper("global", """read server; echo "{\"Username\":\"global\",\"Secret\":\"hunter2\"}" """);
        Write("auth.json", $$$$"""{"auths": {"a.example": {"auth": "{{{{Auth("file")}}}}"}}}""");

        (await FindAsync("a.example/x", "credential-helpers = ['containers-auth.json', 'global']"))!.Username.Should().Be("file");
        (await FindAsync("a.example/x", "credential-helpers = ['global', 'containers-auth.json']"))!.Username.Should().Be("global");
    }

    [Theory]
    [InlineData("../../bin/sh")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("-x")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task A_helper_whose_name_could_be_a_path_is_not_run(string name)
    {
        Write("auth.json", $$$$"""{"credHelpers": {"a.example": "{{{{name}}}}"}}""");

        var find = () => FindAsync("a.example/x");

        (await find.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.InvalidArgument);
    }

    [Theory]
    [InlineData("echo hunter2; echo hunter2 >&2; exit 3", "exit status 3")]
    [InlineData("echo 'Username: x, Secret: hunter2'", "no credentials")]
    [InlineData("yes hunter2", "no credentials|not done")]
    public async Task A_helper_that_fails_is_named_and_nothing_that_it_printed(string script, string reason)
    {
        Helper("bad", script.StartsWith("yes", StringComparison.Ordinal) ? "yes hunter2 | head -c 3000000" : script);
        Write("auth.json", """{"credHelpers": {"a.example": "bad"}}""");

        var find = () => FindAsync("a.example/x");

        var message = (await find.Should().ThrowAsync<OcidException>()).Which.ToString();
        message.Should().Contain("docker-credential-bad get a.example").And.MatchRegex(reason).And.NotContain(Secret);
    }

    [Fact]
    public async Task A_file_that_is_wrong_is_named_with_its_place_and_nothing_of_its_content()
    {
        Write("auth.json", $$$$"""{"auths": {"a.example": {"auth": "{{{{Secret}}}}", }}}""");

        var find = () => FindAsync("a.example/x");

        var message = (await find.Should().ThrowAsync<OcidException>()).Which.ToString();
        message.Should().Contain("auth.json:1:").And.NotContain(Secret);
        _told.Should().ContainSingle();
    }

    [Fact]
    public async Task A_change_of_a_file_is_in_force_at_once_and_a_wrong_one_is_not()
    {
        Write("auth.json", $$$$"""{"auths": {"a.example": {"auth": "{{{{Auth("old")}}}}"}}}""");
        var store = Store("");
        (await store.FindAsync(ImageReference.Parse("a.example/x"), default))!.Username.Should().Be("old");

        Write("auth.json", $$$$"""{"auths": {"a.example": {"auth": "{{{{Auth("new")}}}}"}}}""");
        (await store.FindAsync(ImageReference.Parse("a.example/x"), default))!.Username.Should().Be("new");

        Write("auth.json", "{");
        (await store.FindAsync(ImageReference.Parse("a.example/x"), default))!.Username.Should().Be("new");
        _told.Should().ContainSingle();
    }

    [Theory]
    [InlineData(null, "a.example/x", "given")]
    [InlineData(null, "mirror.example/x", "node")]
    [InlineData("https://a.example/v1/", "a.example/x", "given")]
    [InlineData("mirror.example", "mirror.example/x", "given")]
    [InlineData("mirror.example", "a.example/x", null)]
    [InlineData("https://index.docker.io/v1/", "docker.io/library/x", "given")]
    public async Task What_a_caller_gives_goes_to_one_host_only(string? server, string endpoint, string? user)
    {
        Write("auth.json", $$$$"""{"auths": {"mirror.example": {"auth": "{{{{Auth("node")}}}}"}}}""");
        var given = new GivenCredentials(new RegistryCredentials { Username = "given", Password = "x", Server = server }, ImageReference.Parse("a.example/x"), Store(""));

        (await given.FindAsync(ImageReference.Parse(endpoint), default))?.Username.Should().Be(user);
    }

    private Task<RegistryCredentials?> FindAsync(string repository, string conf = "") => Store(conf).FindAsync(ImageReference.Parse(repository), CancellationToken.None).AsTask();

    private CredentialStore Store(string conf)
    {
        var list = RegistryListTests.List(conf);
        return new CredentialStore(
            [new(_folder.At("auth.json")), new(_folder.At("config.json")), new(_folder.At(".dockercfg"), IsLegacy: true)], [_folder.At("bin")], () => list, failure => _told.Add(failure.Message));
    }

    private void Write(string name, string content) => _folder.Write(name, content);

    private void Helper(string name, string script)
    {
        var path = _folder.Write($"bin/docker-credential-{name}", $"#!/bin/sh\n[ \"$1\" = get ] || exit 9\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Auth(string user) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Secret}"));
}
