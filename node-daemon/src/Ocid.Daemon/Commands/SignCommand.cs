using System.CommandLine;
using Ocid.Images.Live;
using Ocid.Images.Signatures;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid sign</c>: signs an image that is in a registry.</summary>
internal static class SignCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("IMAGE") { Description = "[host[:port]/]path[:tag][@digest]; docker.io and latest where not said" };
        var key = new Option<string?>("--key") { Description = "The private key: a file of `ocid key generate`, cosign, skopeo or `gpg --export-secret-keys`", HelpName = "FILE" };
        var gpg = new Option<string?>("--gpg-key", "--sign-by") { Description = "A key of your own GnuPG keyring instead", HelpName = "FINGERPRINT" };
        var passphrase = new Option<string?>("--passphrase-file") { Description = "The file whose first line opens the key", HelpName = "FILE" };
        var identity = new Option<string?>("--identity", "--sign-identity") { Description = "The name to sign it for, where nodes ask for another one than IMAGE", HelpName = "NAME" };
        var output = new Option<string?>("--output", "-o") { Description = "Write the signature to a file instead of publishing it", HelpName = "FILE" };
        var manifest = new Option<string?>("--manifest") { Description = "Sign the manifest in this file; no registry is asked; needs --output or a lookaside directory", HelpName = "FILE" };
        var registry = new RegistryFlags();
        var command = new Command("sign", "Sign an image that is in a registry") { name, key, gpg, passphrase, identity, output, manifest };
        registry.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var image = ImageReference.Parse(parsed.GetRequiredValue(name)).WithDefaultTag();
            var request = new SigningRequest
            {
                Key = new SigningKeySource { File = parsed.GetValue(key), GpgKey = parsed.GetValue(gpg), PassphraseFile = FullPath(parsed.GetValue(passphrase)) },
                Identity = parsed.GetValue(identity),
                OutputFile = FullPath(parsed.GetValue(output)),
                ManifestFile = parsed.GetValue(manifest),
                Credentials = registry.Credentials(parsed),
                TlsVerify = registry.TlsVerify(parsed),
            };
            var options = context.Configuration(parsed).Options.Images;
            using var registries = registry.Open(parsed, options);
            var signer = new ImageSigner(registries, new ImageConfigurationRoots(options.ConfigurationDirectories), context.Time);
            foreach (var written in await signer.SignAsync(image, request, ct).ConfigureAwait(false))
                context.Terminal.Output.WriteLine($"{written.Manifest} {written.Place}");
        });
        return context.WithExamples(
            command,
            "ocid sign --key release.private --passphrase-file pass registry.example/team/app:1.2\n"
            + "ocid sign --gpg-key release@example.org registry.example/team/app:1.2\n"
            + "ocid sign --manifest manifest.json --key release.private --output signature-1 registry.example/team/app:1.2",
            "Keys in PEM make sigstore signatures, as cosign's: they go into the registry, and nodes find them where registries.d says use-sigstore-attachments: true.\n"
            + "OpenPGP keys make simple signatures: they go to the lookaside-staging directory of registries.d, from where a web server publishes them.\n"
            + "Of an image of several platforms the index and each platform's image are signed. One line per signature: what was signed, and where the signature is.");
    }

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);
}
