using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Images.Credentials;
using Ocid.Images.Live;
using Ocid.Images.Registries;
using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Images.Tests.Credentials;

public sealed class RegistryLoginTests : IDisposable
{
    // Of "secret".
    private const string Passwords = "me:$2b$04$zWqyB9XKfbi8HmlVoCE1BO2iMyiZ4I1rmzIUUN9BLpEYWPidPRJ52\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string AuthFile => _folder.At("new/auth.json");

    [SkippableFact]
    public async Task Credentials_that_are_right_are_kept_where_podman_finds_them()
    {
        Skip.If(Tool.FirstMissing("docker-registry", "podman") is not null, "needs docker-registry and podman");
        await using var registry = await StartAsync();
        using var registries = Registries();
        var login = new RegistryLogin(registries);

        await login.Invoking(l => l.LogInAsync(registry.Host, "me", "wrong", false, default)).Should().ThrowAsync<OcidException>();
        File.Exists(AuthFile).Should().BeFalse();
        await login.LogInAsync($"http://{registry.Host}/", "me", "secret", false, default);

        (await PodmanAsync("login", "--get-login", registry.Host)).Should().Be("me\n");
        File.GetUnixFileMode(AuthFile).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await login.UserAsync(registry.Host, default)).Should().Be("me");
        (await login.IsLoggedInAsync(registry.Host, false, default)).Should().BeTrue();
        (await login.LogOutAsync(registry.Host, default)).Should().BeTrue();
        (await login.LogOutAsync(registry.Host, default)).Should().BeFalse();
        (await login.UserAsync(registry.Host, default)).Should().BeNull();
    }

    [SkippableFact]
    public async Task What_podman_keeps_is_used_and_dropped_and_what_else_is_in_the_file_stays()
    {
        Skip.If(Tool.FirstMissing("docker-registry", "podman") is not null, "needs docker-registry and podman");
        await using var registry = await StartAsync();
        using var registries = Registries();
        var login = new RegistryLogin(registries);
        await PodmanAsync("login", "--tls-verify=false", "--username", "me", "--password", "secret", registry.Host);
        var written = JsonNode.Parse(await File.ReadAllTextAsync(AuthFile))!;
        written["auths"]!["other.example"] = new JsonObject { ["auth"] = "eDp5" };
        written["HttpHeaders"] = new JsonObject { ["X"] = "y" };
        await File.WriteAllTextAsync(AuthFile, written.ToJsonString());

        (await login.IsLoggedInAsync(registry.Host, false, default)).Should().BeTrue();
        (await login.LogOutAsync(registry.Host, default)).Should().BeTrue();

        (await File.ReadAllTextAsync(AuthFile)).Should().Contain("other.example").And.Contain("HttpHeaders").And.NotContain(registry.Host);
        login.LogOutOfAll().Should().Equal("other.example");
        (await login.UserAsync("other.example", default)).Should().BeNull();
    }

    [SkippableFact]
    public async Task A_path_has_credentials_of_its_own()
    {
        Skip.If(Tool.FirstMissing("docker-registry") is not null, "needs docker-registry");
        await using var registry = await StartAsync();
        using var registries = Registries();
        var login = new RegistryLogin(registries);

        await login.LogInAsync($"{registry.Host}/team", "me", "secret", false, default);

        (await login.UserAsync($"{registry.Host}/team/app", default)).Should().Be("me");
        (await login.UserAsync(registry.Host, default)).Should().BeNull();
    }

    [SkippableFact]
    public async Task A_program_keeps_them_that_the_file_names()
    {
        Skip.If(Tool.FirstMissing("docker-registry") is not null, "needs docker-registry");
        await using var registry = await StartAsync();
        Directory.CreateDirectory(_folder.At("new"));
        await File.WriteAllTextAsync(AuthFile, """{"credsStore":"test"}""");
        await File.WriteAllTextAsync(_folder.At("docker-credential-test"), $"""
            #!/bin/sh
            kept={_folder.At("kept")}
            case $1 in
                store) cat >$kept ;;
                erase) rm -f $kept ;;
                get) if [ -e $kept ]; then cat $kept; else echo "credentials not found in native keychain"; exit 1; fi ;;
            esac
            """);
        File.SetUnixFileMode(_folder.At("docker-credential-test"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var registries = Registries();
        var login = new RegistryLogin(registries);

        await login.LogInAsync(registry.Host, "me", "secret", false, default);

        (await File.ReadAllTextAsync(_folder.At("kept"))).Should().Be($$"""{"ServerURL":"{{registry.Host}}","Username":"me","Secret":"secret"}""");
        (await File.ReadAllTextAsync(AuthFile)).Should().Be("""{"credsStore":"test"}""");
        (await login.UserAsync(registry.Host, default)).Should().Be("me");
        (await login.LogOutAsync(registry.Host, default)).Should().BeTrue();
        File.Exists(_folder.At("kept")).Should().BeFalse();
    }

    [Theory]
    [InlineData("no registry")]
    [InlineData("")]
    [InlineData("justaname")]
    public async Task What_is_no_registry_is_refused(string registry)
    {
        using var registries = Registries();

        (await new RegistryLogin(registries).Invoking(l => l.UserAsync(registry, default)).Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.InvalidArgument);
    }

    private async Task<LocalRegistry> StartAsync()
    {
        await File.WriteAllTextAsync(_folder.At("htpasswd"), Passwords);
        return await LocalRegistry.StartAsync($"auth:\n  htpasswd:\n    realm: test\n    path: {_folder.At("htpasswd")}");
    }

    private ImageRegistries Registries() => new(
        new ImageRegistriesOptions
        {
            Roots = new ImageConfigurationRoots([_folder.At("etc")]),
            AuthFiles = [new AuthFileLocation(AuthFile)],
            ProgramDirectories = [_folder.Path],
        },
        NullLoggerFactory.Instance);

    private Task<string> PodmanAsync(string verb, params string[] arguments) => Tool.RunAsync("podman", [verb, "--authfile", AuthFile, .. arguments]);
}
