using System.CommandLine;
using Ocid.Images.Signatures;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid key</c>: keys to sign images with.</summary>
internal static class KeyCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("key", "Make keys to sign images with") { CreateGenerate(context) };
        return context.WithExamples(command, "ocid key generate --passphrase-file pass release\nocid key generate --type gpg --name 'Release <release@example.org>' --no-passphrase release");
    }

    private static Command CreateGenerate(CommandContext context)
    {
        var prefix = new Argument<string>("PREFIX") { Description = "Writes PREFIX.private, which signs, and PREFIX.pub, which a policy's keyPath names" };
        var type = new Option<string>("--type") { Description = "sigstore: as cosign's; gpg: OpenPGP, for simple signing", HelpName = "sigstore|gpg", DefaultValueFactory = _ => "sigstore" };
        type.AcceptOnlyFromAmong("sigstore", "gpg");
        var passphrase = new Option<string?>("--passphrase-file") { Description = "The file whose first line protects the private key", HelpName = "FILE" };
        var open = new Option<bool>("--no-passphrase") { Description = "Leave the private key to whoever can read its file" };
        var name = new Option<string>("--name") { Description = "gpg: whose key it is", HelpName = "'NAME <MAIL>'", DefaultValueFactory = _ => "ocid image signing" };
        var expires = new Option<string>("--expires") { Description = "gpg: when it ends: never, 2y, 2030-01-31; afterwards nodes refuse what it signed", HelpName = "WHEN", DefaultValueFactory = _ => "never" };
        var command = new Command("generate", "Make a key pair") { prefix, type, passphrase, open, name, expires };
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(passphrase) is null != parsed.GetValue(open))
                throw new OcidException(ErrorKind.InvalidArgument, "key generate: want either --passphrase-file FILE or --no-passphrase");
            var path = Path.GetFullPath(parsed.GetRequiredValue(prefix));
            if (parsed.GetValue(type) == "gpg")
                context.Terminal.Error.WriteLine($"fingerprint {await KeyPair.GenerateGpgAsync(path, parsed.GetValue(name)!, parsed.GetValue(expires)!, FullPath(parsed.GetValue(passphrase)), ct).ConfigureAwait(false)}");
            else
                await KeyPair.GenerateSigstoreAsync(path, parsed.GetValue(passphrase), ct).ConfigureAwait(false);
            context.Terminal.Output.WriteLine($"{path}.private\n{path}.pub");
        });
        return context.WithExamples(
            command,
            "ocid key generate --passphrase-file pass release\nocid key generate --type gpg --name 'Release <release@example.org>' --expires 2y --no-passphrase release",
            "The files are those of `skopeo generate-sigstore-key` and of `gpg --export`: skopeo, podman and cosign sign and verify with them too.");
    }

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);
}
