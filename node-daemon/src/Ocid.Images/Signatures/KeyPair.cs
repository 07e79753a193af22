using Ocid.Images.Signatures.OpenPgp;
using Ocid.Images.Signatures.Sigstore;
using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>New keys to sign images with, each as two files: <c>PREFIX.private</c> for its owner alone, and <c>PREFIX.pub</c> for a policy's <c>keyPath</c>.</summary>
public static class KeyPair
{
    /// <summary>Makes a key as cosign and <c>skopeo generate-sigstore-key</c> make it: ECDSA on P-256, the private half encrypted.</summary>
    /// <param name="prefix">The path of both files without their endings.</param>
    /// <param name="passphraseFile">Its first line will open the key; null leaves it empty.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="OcidException">AlreadyExists: a key is never overwritten.</exception>
    public static async Task GenerateSigstoreAsync(string prefix, string? passphraseFile, CancellationToken ct)
    {
        KeyFiles.RequireFree(prefix);
        using var key = SigstorePrivateKey.Generate();
        var pem = key.ToPem(await KeyFiles.PassphraseAsync(passphraseFile, ct));
        KeyFiles.WritePair(prefix, System.Text.Encoding.ASCII.GetBytes(pem), System.Text.Encoding.ASCII.GetBytes(key.PublicPem));
    }

    /// <summary>Makes an OpenPGP key that signs, RSA with 3072 bits, and exports it; nothing of it stays in any keyring.</summary>
    /// <param name="prefix">The path of both files without their endings.</param>
    /// <param name="userId">Whose it is: <c>Name &lt;mail@example.org&gt;</c>.</param>
    /// <param name="expires">When it ends, in GnuPG's words: <c>never</c>, <c>2y</c>, a date.</param>
    /// <param name="passphraseFile">Its first line will open the key; null leaves it without protection.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The fingerprint.</returns>
    /// <exception cref="OcidException">AlreadyExists: a key is never overwritten. FailedPrecondition: gpg is not installed, or refuses.</exception>
    public static async Task<string> GenerateGpgAsync(string prefix, string userId, string expires, string? passphraseFile, CancellationToken ct)
    {
        KeyFiles.RequireFree(prefix);
        var home = new GpgHome();
        try
        {
            var passphrase = GpgProgram.Passphrase(passphraseFile, nobodyToAsk: true);
            var created = await home.RunAsync([.. passphrase, "--quick-generate-key", userId, "rsa3072", "sign", expires], default, ct, withAgent: true);
            var fingerprint = created.Lines("KEY_CREATED").Select(words => words[^1]).FirstOrDefault() ?? throw Refused(created);
            KeyFiles.WritePair(prefix, await ExportAsync([.. passphrase, "--export-secret-keys"]), await ExportAsync(["--export"]));
            return fingerprint;

            async Task<byte[]> ExportAsync(string[] how)
            {
                var file = home.At("exported");
                var export = await home.RunAsync([.. how[..^1], "--armor", "--output", file, how[^1], fingerprint], default, ct, withAgent: true);
                if (!export.IsSuccess)
                    throw Refused(export);
                var key = await File.ReadAllBytesAsync(file, ct);
                File.Delete(file);
                return key;
            }
        }
        finally
        {
            await home.EndAsync();
        }
    }

    private static OcidException Refused(GpgResult run) => new(ErrorKind.FailedPrecondition, $"generate a GPG key: {run.LastErrorLine}");
}
