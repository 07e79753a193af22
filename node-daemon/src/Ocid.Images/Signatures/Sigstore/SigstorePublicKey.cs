using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocid.Linux.Cryptography;
using Ocid.Primitives;

namespace Ocid.Images.Signatures.Sigstore;

/// <summary>A public key in PEM: ECDSA on a NIST curve, RSA, or Ed25519. What is signed is hashed with SHA-256 whatever the key, as cosign does.</summary>
internal sealed class SigstorePublicKey : IDisposable
{
    private const string RsaOid = "1.2.840.113549.1.1.1";
    private const string EcdsaOid = "1.2.840.10045.2.1";
    private const string Ed25519Oid = "1.3.101.112";
    private const int SmallestRsa = 2048;
    private const int LargestRsa = 8192;

    private static readonly string[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    private readonly Func<byte[], byte[], bool> _verify;
    private readonly IDisposable? _key;

    private SigstorePublicKey(Func<byte[], byte[], bool> verify, IDisposable? key) => (_verify, _key) = (verify, key);

    /// <exception cref="OcidException">FailedPrecondition: no such key.</exception>
    public static SigstorePublicKey Parse(ReadOnlySpan<byte> pem)
    {
        try
        {
            var text = Encoding.UTF8.GetString(pem);
            var fields = PemEncoding.Find(text);
            var der = Convert.FromBase64String(text[fields.Base64Data]);
            return text[fields.Label] switch
            {
                "PUBLIC KEY" => Of(PublicKey.CreateFromSubjectPublicKeyInfo(der, out var read), read == der.Length),
                "RSA PUBLIC KEY" => OfRsa(rsa => rsa.ImportRSAPublicKey(der, out _)),
                var label => throw Wrong($"a {Quoted.Text(label)}"),
            };
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or CryptographicException)
        {
            throw Wrong("what is no PEM of one");
        }
    }

    public bool Verify(byte[] content, byte[] signature) => _verify(content, signature);

    public void Dispose() => _key?.Dispose();

    private static SigstorePublicKey Of(PublicKey key, bool whole) => (whole ? key.Oid.Value : null) switch
    {
        RsaOid => OfRsa(rsa => rsa.ImportSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _)),
        EcdsaOid => OfEcdsa(key),
        Ed25519Oid => OfEd25519(key.EncodedKeyValue.RawData),
        var oid => throw Wrong($"a key of algorithm {oid}"),
    };

    private static SigstorePublicKey OfRsa(Action<RSA> import)
    {
        var rsa = RSA.Create();
        import(rsa);
        if (rsa.KeySize is >= SmallestRsa and <= LargestRsa)
            return new SigstorePublicKey((content, signature) => rsa.VerifyData(content, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), rsa);
        rsa.Dispose();
        throw Wrong($"an RSA key of {rsa.KeySize} bits; want {SmallestRsa} to {LargestRsa}");
    }

    private static SigstorePublicKey OfEcdsa(PublicKey key)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _);
        if (Curves.Contains(ecdsa.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value))
            return new SigstorePublicKey((content, signature) => ecdsa.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence), ecdsa);
        ecdsa.Dispose();
        throw Wrong("a key on another curve than P-256, P-384 and P-521");
    }

    private static SigstorePublicKey OfEd25519(byte[] point) => point.Length == Ed25519.KeyLength
        ? new SigstorePublicKey((content, signature) => Ed25519.Verify(point, content, signature), null)
        : throw Wrong("an Ed25519 key of the wrong length");

    private static OcidException Wrong(string what) => new(ErrorKind.FailedPrecondition, $"public key: want ECDSA (P-256, P-384, P-521), RSA or Ed25519 in PEM, not {what}");
}
