using System.Security.Cryptography;
using System.Text.Json;
using Ocid.Linux.Cryptography;
using Ocid.Primitives;

namespace Ocid.Images.Signatures.Sigstore;

/// <summary>A private key as cosign keeps it: PKCS #8, encrypted with a passphrase.</summary>
/// <remarks>https://github.com/sigstore/cosign/blob/main/KEY_MANAGEMENT.md, https://github.com/secure-systems-lab/go-securesystemslib/tree/main/encrypted</remarks>
internal sealed class SigstorePrivateKey : IDisposable
{
    // What every version of cosign and skopeo reads; newer ones also write SIGSTORE.
    private const string Label = "ENCRYPTED COSIGN PRIVATE KEY";
    private const string NewLabel = "ENCRYPTED SIGSTORE PRIVATE KEY";
    private const string Kdf = "scrypt";
    private const string Cipher = "nacl/secretbox";
    private const int Cost = 1 << 15;
    private const int HighestCost = 1 << 20;
    private const int BlockSize = 8;
    private const int SaltLength = 32;

    private readonly AsymmetricAlgorithm _key;

    private SigstorePrivateKey(AsymmetricAlgorithm key) => _key = key;

    /// <summary>The public key, in PEM.</summary>
    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <summary>Whether a file holds such a key, encrypted.</summary>
    public static bool IsOne(string pem) => PemEncoding.TryFind(pem, out var fields) && pem[fields.Label] is Label or NewLabel;

    /// <summary>A new ECDSA key on P-256, as cosign makes.</summary>
    public static SigstorePrivateKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <exception cref="OcidException">InvalidArgument: no such key. PermissionDenied: the passphrase is another.</exception>
    public static SigstorePrivateKey Parse(string pem, ReadOnlySpan<byte> passphrase)
    {
        if (!IsOne(pem))
            throw new OcidException(ErrorKind.InvalidArgument, $"private key: want PEM with the label {Label} or {NewLabel}");
        var pkcs8 = Decrypt(Read(Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data])), passphrase);
        return new SigstorePrivateKey(Import(pkcs8));
    }

    /// <summary>Encrypts it for a file.</summary>
    public string ToPem(ReadOnlySpan<byte> passphrase)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var nonce = RandomNumberGenerator.GetBytes(SecretBox.NonceLength);
        var key = Scrypt.Derive(passphrase, salt, Cost, BlockSize, 1, SecretBox.KeyLength);
        var envelope = new EncryptedKeyWire
        {
            Kdf = new EncryptedKeyWire.KdfWire { Name = Kdf, Params = new EncryptedKeyWire.ScryptWire { Cost = Cost, BlockSize = BlockSize, Parallelization = 1 }, Salt = salt },
            Cipher = new EncryptedKeyWire.CipherWire { Name = Cipher, Nonce = nonce },
            Ciphertext = SecretBox.Seal(_key.ExportPkcs8PrivateKey(), nonce, key),
        };
        return PemEncoding.WriteString(Label, JsonSerializer.SerializeToUtf8Bytes(envelope, SignatureJson.Default.EncryptedKeyWire)) + "\n";
    }

    /// <summary>Signs a payload; the hash is SHA-256.</summary>
    public byte[] Sign(ReadOnlySpan<byte> content) => _key switch
    {
        ECDsa ecdsa => ecdsa.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
        RSA rsa => rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        _ => throw new InvalidOperationException(),
    };

    public void Dispose() => _key.Dispose();

    private static EncryptedKeyWire Read(byte[] json)
    {
        try
        {
            var envelope = JsonSerializer.Deserialize(json, SignatureJson.Default.EncryptedKeyWire)!;
            var parameters = envelope.Kdf.Params;
            return envelope.Kdf.Name == Kdf && envelope.Cipher.Name == Cipher && envelope.Cipher.Nonce.Length == SecretBox.NonceLength
                && parameters is { Cost: > 1 and <= HighestCost, BlockSize: BlockSize, Parallelization: 1 }
                ? envelope
                : throw new OcidException(ErrorKind.InvalidArgument, $"private key: encrypted in another way than {Kdf} and {Cipher}");
        }
        catch (JsonException malformed)
        {
            throw new OcidException(ErrorKind.InvalidArgument, $"private key: {malformed.Message}", malformed);
        }
    }

    private static byte[] Decrypt(EncryptedKeyWire envelope, ReadOnlySpan<byte> passphrase)
    {
        var key = Scrypt.Derive(passphrase, envelope.Kdf.Salt, envelope.Kdf.Params.Cost, BlockSize, 1, SecretBox.KeyLength);
        return SecretBox.Open(envelope.Ciphertext, envelope.Cipher.Nonce, key) ?? throw new OcidException(ErrorKind.PermissionDenied, "private key: the passphrase is wrong");
    }

    private static AsymmetricAlgorithm Import(byte[] pkcs8)
    {
        foreach (var candidate in (AsymmetricAlgorithm[])[ECDsa.Create(), RSA.Create()])
        {
            try
            {
                candidate.ImportPkcs8PrivateKey(pkcs8, out _);
                return candidate;
            }
            catch (CryptographicException)
            {
                candidate.Dispose();
            }
        }

        throw new OcidException(ErrorKind.Unimplemented, "private key: neither ECDSA nor RSA, which are those that ocid signs with");
    }
}
