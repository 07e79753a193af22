using Ocid.Daemon.Commands;

namespace Ocid.Daemon.Tests.Commands;

/// <summary>Keys, signatures and checks with files alone; registries and gpg are in Ocid.Images.Tests.</summary>
public sealed class SignatureVerbTests : IDisposable
{
    private const string Image = "registry.example/team/app:1";

    private readonly TemporaryDirectory _directory = new();

    public SignatureVerbTests()
    {
        File.WriteAllText(_directory.At("ocid.toml"), $"[images]\nconfig_dirs = [\"{_directory.At("etc")}\"]\n");
        File.WriteAllText(_directory.At("pass"), "secret\n");
        File.WriteAllText(_directory.At("manifest.json"), """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":0},"layers":[]}
            """);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_key_signs_a_manifest_and_its_public_half_verifies_that()
    {
        (await OcidAsync("key", "generate", "--passphrase-file", _directory.At("pass"), _directory.At("release"))).Output
            .Should().Be($"{_directory.At("release.private")}\n{_directory.At("release.pub")}\n");
        (await SignAsync("--passphrase-file", _directory.At("pass"))).Code.Should().Be(0);

        var (code, output, _) = await VerifyAsync(Image, "--key", _directory.At("release.pub"));

        code.Should().Be(0);
        output.Should().StartWith("registry.example/team/app@sha256:");
        File.GetUnixFileMode(_directory.At("release.private")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_refusal_is_one_line_that_names_scope_requirement_and_reason()
    {
        await OcidAsync("key", "generate", "--no-passphrase", _directory.At("release"));
        await SignAsync();
        File.WriteAllText(_directory.At("policy.json"), $$"""{"default":[{"type":"sigstoreSigned","keyPath":"{{_directory.At("release.pub")}}"}]}""");

        (await VerifyAsync(Image, "--signature-policy", _directory.At("policy.json"))).Code.Should().Be(0);
        var (code, _, error) = await VerifyAsync("registry.example/team/app:2", "--policy", _directory.At("policy.json"));

        code.Should().Be(1);
        error.Should().Be(
            "ocid: SignatureValidationFailed: image registry.example/team/app:2: policy scope default: sigstoreSigned: "
            + "the signature is for \"registry.example/team/app:1\", which is not accepted for registry.example/team/app:2\n");
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        (await OcidAsync("key", "generate", _directory.At("a"))).Error.Should().Be("ocid: key generate: want either --passphrase-file FILE or --no-passphrase\n");
        (await OcidAsync("key", "generate", "--type", "x", _directory.At("a"))).Code.Should().Be(2);
        await OcidAsync("key", "generate", "--no-passphrase", _directory.At("a"));
        (await OcidAsync("key", "generate", "--no-passphrase", _directory.At("a"))).Error.Should().Contain("a key is not overwritten");
        (await OcidAsync("sign", Image)).Error.Should().Contain("want either a file of a private key, or a key of GnuPG's");
        (await OcidAsync("verify", "--key", "k", "--policy", "p", Image)).Error.Should().Contain("or a policy; not both");
    }

    private Task<(int Code, string Output, string Error)> SignAsync(params string[] arguments) =>
        OcidAsync(["sign", "--key", _directory.At("release.private"), "--manifest", _directory.At("manifest.json"), "--output", _directory.At("signature"), Image, .. arguments]);

    private Task<(int Code, string Output, string Error)> VerifyAsync(string image, params string[] arguments) =>
        OcidAsync(["verify", "--manifest", _directory.At("manifest.json"), "--signature", _directory.At("signature"), image, .. arguments]);

    private async Task<(int Code, string Output, string Error)> OcidAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await OcidCommandLine.RunAsync(["--config", _directory.At("ocid.toml"), .. arguments], new Terminal(output, error, IsInteractive: false));
        return (code, output.ToString(), error.ToString());
    }
}
