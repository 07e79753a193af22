using Ocid.Daemon.Commands;
using Ocid.Testing;

namespace Ocid.Daemon.Tests.Commands;

/// <summary>The flags; what becomes of credentials is in Ocid.Images.Tests.</summary>
public sealed class LoginVerbTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SkippableFact]
    public async Task A_password_comes_from_standard_input_and_goes_with_logout()
    {
        Skip.If(Tool.FirstMissing("docker-registry") is not null, "needs docker-registry");
        await File.WriteAllTextAsync(_directory.At("htpasswd"), "me:$2b$04$zWqyB9XKfbi8HmlVoCE1BO2iMyiZ4I1rmzIUUN9BLpEYWPidPRJ52\n");
        await using var registry = await LocalRegistry.StartAsync($"auth:\n  htpasswd:\n    realm: test\n    path: {_directory.At("htpasswd")}");

        (await OcidAsync("secret\n", "login", "--tls-verify=false", "-u", "me", "--password-stdin", registry.Host)).Should().Be((0, "Login Succeeded!\n", ""));
        (await OcidAsync("", "login", "--get-login", registry.Host)).Should().Be((0, "me\n", ""));
        (await OcidAsync("", "login", "--tls-verify=false", registry.Host)).Should().Be((0, $"Existing credentials are valid. Already logged in to {registry.Host}\n", ""));
        (await OcidAsync("", "logout", registry.Host)).Should().Be((0, $"Removed login credentials for {registry.Host}\n", ""));
        (await OcidAsync("", "logout", registry.Host)).Should().Be((1, "", $"ocid: not logged into {registry.Host}\n"));
        (await OcidAsync("", "login", "--get-login", registry.Host)).Should().Be((1, "", $"ocid: not logged into {registry.Host}\n"));
        (await OcidAsync("wrong\n", "login", "--tls-verify=false", "-u", "me", "--password-stdin", registry.Host)).Code.Should().Be(1);
    }

    [Theory]
    [InlineData("ocid: login: want --username NAME\n", "login", "registry.example")]
    [InlineData("ocid: login: want --password-stdin\n", "login", "-u", "me", "registry.example")]
    [InlineData("ocid: login: want either --password or --password-stdin\n", "login", "-u", "me", "-p", "x", "--password-stdin", "registry.example")]
    public async Task What_is_missing_is_said_where_nobody_can_be_asked(string complaint, params string[] arguments) =>
        (await OcidAsync("", arguments)).Should().Be((1, "", complaint));

    private async Task<(int Code, string Output, string Error)> OcidAsync(string input, params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var authFile = _directory.At("auth.json");
        if (!File.Exists(authFile))
            await File.WriteAllTextAsync(authFile, "{}");
        var code = await OcidCommandLine.RunAsync([.. arguments, "--authfile", authFile], new Terminal(output, error, IsInteractive: false) { Input = () => new StringReader(input) });
        return (code, output.ToString(), error.ToString());
    }
}
