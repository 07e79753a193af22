using Ocid.Images.Signatures.OpenPgp;
using Ocid.Images.Signatures.Sigstore;
using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>A private key that signs images in one of the two formats.</summary>
internal abstract class SigningKey : IAsyncDisposable
{
    /// <summary>Opens the key that a caller names.</summary>
    /// <exception cref="OcidException">InvalidArgument: neither or both of file and GPG key, or a file that holds no private key. PermissionDenied: the passphrase is wrong.</exception>
    public static async Task<SigningKey> OpenAsync(SigningKeySource source, CancellationToken ct)
    {
        if (source is not ({ File: null, GpgKey: { } } or { File: { }, GpgKey: null }))
            throw new OcidException(ErrorKind.InvalidArgument, "sign: want either a file of a private key, or a key of GnuPG's");
        if (source.GpgKey is { } id)
            return new GpgSigningKey(null, id, source.PassphraseFile);

        var key = await KeyFiles.ReadAsync(source.File!, ct);
        var text = System.Text.Encoding.UTF8.GetString(key);
        return SigstorePrivateKey.IsOne(text)
            ? new SigstoreSigningKey(SigstorePrivateKey.Parse(text, await KeyFiles.PassphraseAsync(source.PassphraseFile, ct)))
            : await GpgSigningKey.ImportAsync(key, source.File!, source.PassphraseFile, ct);
    }

    public abstract Task<ImageSignature> SignAsync(SignedPayload payload, DateTimeOffset now, CancellationToken ct);

    public abstract ValueTask DisposeAsync();
}
