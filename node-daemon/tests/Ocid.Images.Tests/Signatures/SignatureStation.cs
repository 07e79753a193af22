using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Images.Live;
using Ocid.Images.Policy;
using Ocid.Images.Registries;
using Ocid.Images.Signatures;
using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Images.Tests.Signatures;

/// <summary>A registry with a busybox, a directory of signatures, keys of both kinds, and the configuration that we and skopeo read.</summary>
public sealed class SignatureStation : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-signatures-").FullName;
    private LocalRegistry? _registry;

    internal GpgLab Lab { get; } = new();

    internal string Host => _registry!.Host;

    internal ImageSigner Signer { get; private set; } = null!;

    internal SignatureVerifier Verifier { get; private set; } = null!;

    internal ImageRegistries Registries { get; private set; } = null!;

    /// <summary>The directory that holds registries.d.</summary>
    internal string Etc => At("etc");

    internal string SigstoreKey => At("sigstore.private");

    internal string SigstorePublicKey => At("sigstore.pub");

    internal string GpgPublicKey => At("gpg.pub");

    internal string Passphrase => At("passphrase");

    public async Task InitializeAsync()
    {
        if (Tool.FirstMissing("docker-registry", "skopeo", "umoci", "podman", "gpg", "gpgconf") is not null)
            return;
        await Lab.InitializeAsync();
        _registry = await LocalRegistry.StartAsync();
        await _registry.PushAsync(await TestImages.BusyboxAsync(), "busybox");

        Directory.CreateDirectory(At("etc/registries.d"));
        await File.WriteAllTextAsync(At("etc/registries.d/test.yaml"), $"default-docker:\n  sigstore: file://{At("lookaside")}\ndocker:\n  {Host}:\n    use-sigstore-attachments: true\n");
        await File.WriteAllTextAsync(Passphrase, "a passphrase\nnothing\n");
        await File.WriteAllBytesAsync(GpgPublicKey, Lab.PublicKeys[Lab.Good]);
        await KeyPair.GenerateSigstoreAsync(At("sigstore"), Passphrase, CancellationToken.None);

        var roots = new ImageConfigurationRoots([Etc]);
        Registries = new ImageRegistries(new ImageRegistriesOptions { Roots = roots, InsecureRegistries = [Host] }, NullLoggerFactory.Instance);
        Signer = new ImageSigner(Registries, roots, TimeProvider.System);
        Verifier = new SignatureVerifier(Registries, new SignaturePolicy(roots, null, NullLoggerFactory.Instance));
    }

    public async Task DisposeAsync()
    {
        Registries?.Dispose();
        if (_registry is not null)
            await _registry.DisposeAsync();
        await Lab.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A skopeo whose sigstore works; Debian 12's says that it is disabled.</summary>
    internal static void SkipWithoutSigstore() => Skip.If(SigstoreSkopeo is null, "needs skopeo of Debian 13: scripts/newer-debian-programs");

    private static string? SigstoreSkopeo => NewerDebian.Find("skopeo");

    internal void SkipIfMissing() => Skip.If(_registry is null, "needs docker-registry, skopeo, umoci, podman and gpg");

    internal string At(string name) => Path.Combine(_folder, name);

    /// <summary>An unsigned copy of the busybox.</summary>
    internal async Task<string> ImageAsync(string name)
    {
        await SkopeoAsync("--insecure-policy", "copy", "--quiet", "--remove-signatures", "--src-tls-verify=false", "--dest-tls-verify=false", $"docker://{Host}/busybox:latest", $"docker://{Host}/{name}");
        return $"{Host}/{name}";
    }

    /// <summary>A policy file for everything.</summary>
    internal string Policy(string requirement)
    {
        var file = At($"policy-{Guid.NewGuid():n}.json");
        File.WriteAllText(file, $$"""{"default":[{{requirement}}]}""");
        return file;
    }

    internal string GpgPolicy => Policy($$"""{"type":"signedBy","keyType":"GPGKeys","keyPath":"{{GpgPublicKey}}"}""");

    internal string SigstorePolicy => Policy($$"""{"type":"sigstoreSigned","keyPath":"{{SigstorePublicKey}}"}""");

    /// <summary>skopeo with the lab's keyring and our registries.d.</summary>
    internal Task<string> SkopeoAsync(params string[] arguments) => Tool.RunAsync("env", [$"GNUPGHOME={Lab.Home}", SigstoreSkopeo ?? "skopeo", "--registries.d", At("etc/registries.d"), .. arguments]);

    /// <summary>Whether skopeo lets an image of a registry, or of a store, through a policy.</summary>
    internal async Task<bool> SkopeoAcceptsAsync(string policy, string image)
    {
        var copied = await Tool.TryRunAsync(
            null, "env", $"GNUPGHOME={Lab.Home}", SigstoreSkopeo ?? "skopeo", "--registries.d", At("etc/registries.d"), "--policy", policy, "copy", "--quiet", "--remove-signatures", "--src-tls-verify=false",
            image.StartsWith("containers-storage:", StringComparison.Ordinal) ? image : $"docker://{image}", $"dir:{At(Guid.NewGuid().ToString("n"))}");
        return copied.ExitCode == 0;
    }

    /// <summary>Whether we do; null, or why not.</summary>
    internal async Task<string?> WeRefuseAsync(string policy, string image)
    {
        try
        {
            await Verifier.VerifyAsync(ImageReference.Parse(image), new VerificationRequest { PolicyFile = policy }, CancellationToken.None);
            return null;
        }
        catch (OcidException refused) when (refused.Message.StartsWith("SignatureValidationFailed: ", StringComparison.Ordinal))
        {
            return refused.Message;
        }
    }

    internal Task<IReadOnlyList<WrittenSignature>> SignAsync(string image, SigningKeySource key, string? output = null, string? manifest = null) =>
        Signer.SignAsync(ImageReference.Parse(image), new SigningRequest { Key = key, OutputFile = output, ManifestFile = manifest }, CancellationToken.None);

    internal SigningKeySource OurSigstoreKey => new() { File = SigstoreKey, PassphraseFile = Passphrase };
}
