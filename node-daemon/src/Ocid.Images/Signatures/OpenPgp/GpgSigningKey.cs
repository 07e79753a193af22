using Ocid.Primitives;

namespace Ocid.Images.Signatures.OpenPgp;

/// <summary>Signs with GnuPG, by a key of the user's own or by one that is imported for this alone.</summary>
/// <param name="home">Where the key is; null for the user's own home.</param>
/// <param name="id">The key.</param>
/// <param name="passphraseFile">Its passphrase; null where it has none, or where the user's agent asks.</param>
internal sealed class GpgSigningKey(GpgHome? home, string id, string? passphraseFile) : SigningKey
{
    // Where the message is written before it goes anywhere; also a home that is not used.
    private readonly GpgHome _scratch = new();

    /// <summary>Takes an exported private key into a home of its own.</summary>
    public static async Task<GpgSigningKey> ImportAsync(byte[] key, string file, string? passphraseFile, CancellationToken ct)
    {
        var home = new GpgHome();
        try
        {
            var import = await home.RunAsync(["--import"], key, ct, withAgent: true);
            var fingerprint = import.Lines("IMPORT_OK").Where(words => words.Length > 2 && (int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture) & 16) != 0).Select(words => words[2]).FirstOrDefault();
            return fingerprint is not null
                ? new GpgSigningKey(home, fingerprint, passphraseFile)
                : throw new OcidException(ErrorKind.InvalidArgument, $"key {file}: neither an encrypted key in PEM nor a private OpenPGP key");
        }
        catch
        {
            await home.EndAsync();
            throw;
        }
    }

    public override async Task<ImageSignature> SignAsync(SignedPayload payload, DateTimeOffset now, CancellationToken ct)
    {
        var output = _scratch.At("signature");
        string[] arguments = [.. GpgProgram.Passphrase(passphraseFile, home is not null), "--local-user", id, "--output", output, "--sign"];
        var json = payload.ToJson(SignedPayload.SimpleType, now);
        var run = home is null ? await GpgProgram.RunAsync(arguments, json, ct) : await home.RunAsync(arguments, json, ct, withAgent: true);
        if (!run.IsSuccess || !run.Has("SIG_CREATED"))
            throw new OcidException(ErrorKind.FailedPrecondition, $"sign with GnuPG key {Quoted.Text(id)}: {run.LastErrorLine}");
        var message = await File.ReadAllBytesAsync(output, ct);
        File.Delete(output);
        return new SimpleSignature(message);
    }

    public override async ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        if (home is not null)
            await home.EndAsync();
    }
}
