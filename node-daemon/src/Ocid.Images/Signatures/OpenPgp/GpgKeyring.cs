using Ocid.Primitives;

namespace Ocid.Images.Signatures.OpenPgp;

/// <summary>Some public keys, and the signatures that they made. Whoever gives the keys trusts them: GnuPG's own trust plays no part.</summary>
internal sealed class GpgKeyring : IDisposable
{
    // A payload is some hundred bytes, however large its compressed form says that it is.
    private const string LongestPayload = "65536";

    private static readonly (string Keyword, string Reason)[] Refusals =
    [
        ("EXPKEYSIG", "the key that signed has expired"),
        ("REVKEYSIG", "the key that signed is revoked"),
        ("EXPSIG", "the signature has expired"),
        ("NO_PUBKEY", "the key that signed is none of the policy's"),
        ("BADSIG", "the signature is wrong"),
        ("ERRSIG", "the signature cannot be checked"),
    ];

    private readonly GpgHome _home;
    private readonly HashSet<string> _fingerprints;

    private GpgKeyring(GpgHome home, HashSet<string> fingerprints) => (_home, _fingerprints) = (home, fingerprints);

    /// <summary>The fingerprints of the keys.</summary>
    public IReadOnlyCollection<string> Fingerprints => _fingerprints;

    /// <summary>The directory that they are in.</summary>
    public string Home => _home.At("");

    /// <param name="keys">Files of public keys, binary or armoured.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="OcidException">FailedPrecondition: one holds no key, or there is no gpg.</exception>
    public static async Task<GpgKeyring> OpenAsync(IReadOnlyList<byte[]> keys, CancellationToken ct)
    {
        var home = new GpgHome();
        try
        {
            var fingerprints = new HashSet<string>(StringComparer.Ordinal);
            foreach (var key in keys)
            {
                var import = await home.RunAsync(["--import"], key, ct);
                var found = import.Lines("IMPORT_OK").Where(words => words.Length > 2).Select(words => words[2]).ToList();
                if (found.Count == 0)
                    throw new OcidException(ErrorKind.FailedPrecondition, $"no OpenPGP public key in what the policy names: {import.LastErrorLine}");
                fingerprints.UnionWith(found);
            }

            return new GpgKeyring(home, fingerprints);
        }
        catch
        {
            home.Dispose();
            throw;
        }
    }

    /// <summary>Checks a message that one of the keys signed.</summary>
    /// <returns>What was signed.</returns>
    /// <exception cref="SignatureException">It is not one signature, valid now, of one content, by one of the keys.</exception>
    public async Task<byte[]> VerifyAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var payload = _home.At("payload");
        try
        {
            var run = await _home.RunAsync(
                ["--trust-model", "always", "--no-auto-key-retrieve", "--disable-dirmngr", "--max-output", LongestPayload, "--output", payload, "--verify"], message, ct);
            Require(run);
            return await File.ReadAllBytesAsync(payload, ct);
        }
        finally
        {
            File.Delete(payload);
        }
    }

    public void Dispose() => _home.Dispose();

    private void Require(GpgResult run)
    {
        if (run.Lines("NEWSIG").Count() is var count and not 1)
            throw new SignatureException(count == 0 ? $"no OpenPGP signature: {run.LastErrorLine}" : $"{count} OpenPGP signatures in one");
        foreach (var (keyword, reason) in Refusals)
        {
            if (run.Lines(keyword).FirstOrDefault() is { } line)
                throw new SignatureException(line.Length > 1 ? $"{reason} ({line[1]})" : reason);
        }

        var signers = run.Lines("VALIDSIG").ToList();
        if (!run.IsSuccess || signers.Count != 1 || run.Lines("GOODSIG").Count() != 1 || run.Lines("PLAINTEXT").Count() != 1)
            throw new SignatureException($"no valid OpenPGP signature: {run.LastErrorLine}");
        // The last word is the primary key's fingerprint, the first the one of the key, perhaps a subkey of it, that signed.
        if (!_fingerprints.Contains(signers[0][^1]))
            throw new SignatureException($"the key that signed, {signers[0][1]}, is none of the policy's");
    }
}
