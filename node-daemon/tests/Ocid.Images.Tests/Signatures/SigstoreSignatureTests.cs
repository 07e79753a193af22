using System.Security.Cryptography;
using System.Text;
using Ocid.Images.Policy;
using Ocid.Images.Signatures;
using Ocid.Images.Signatures.Sigstore;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Signatures;

public sealed class SigstoreSignatureTests : IDisposable
{
    private static readonly Dictionary<string, Func<ECDsa, SigstoreSignature>> Wrong = new()
    {
        ["by another key"] = _ => Signed(ECDsa.Create(ECCurve.NamedCurves.nistP256), Payload),
        ["without annotations"] = key => Signed(key, Payload) with { Annotations = new Dictionary<string, string>() },
        ["no base64"] = key => Annotated(Payload, "not base64!"),
        ["an empty signature"] = key => Annotated(Payload, ""),
        ["truncated"] = key => Annotated(Payload, Convert.ToBase64String(Convert.FromBase64String(Signed(key, Payload).Annotations[SigstoreSignature.SignatureAnnotation])[..^1])),
        ["the payload changed"] = key => Signed(key, Payload) with { Payload = SignedImage.Payload(SignedPayload.SigstoreType, name: "registry.example/team/app:2") },
        ["another hash"] = key => Annotated(Payload, Convert.ToBase64String(key.SignData(Payload, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence))),
        ["another form of signature"] = key => Annotated(Payload, Convert.ToBase64String(key.SignData(Payload, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))),
        ["an attestation"] = key => Signed(key, Payload) with { MediaType = "application/vnd.dsse.envelope.v1+json" },
        ["zeros that verify in broken verifiers"] = _ => Annotated(Payload, Convert.ToBase64String([0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00])),
    };

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TheoryData<string> WrongNames => [.. Wrong.Keys, .. SignedImage.WrongPayloads.Keys];

    private static byte[] Payload => SignedImage.Payload(SignedPayload.SigstoreType);

    public void Dispose() => _key.Dispose();

    [Theory]
    [MemberData(nameof(WrongNames))]
    public async Task A_wrong_signature_is_refused(string name)
    {
        var signature = Wrong.TryGetValue(name, out var make) ? make(_key) : Signed(_key, SignedImage.WrongPayloads[name](SignedPayload.SigstoreType));

        (await DecideAsync(Pem(_key), signature)).Should().NotBeNull();
        // As it comes out of a store.
        (await DecideAsync(Pem(_key), ImageSignature.FromBlob(signature.ToBlob()))).Should().NotBeNull();
    }

    [Theory]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("P-521")]
    public async Task ECDSA_keys_on_the_NIST_curves_are_accepted(string curve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve switch { "P-256" => "nistP256", "P-384" => "nistP384", _ => "nistP521" }));

        (await DecideAsync(Pem(key), Signed(key, Payload))).Should().BeNull();
        (await DecideAsync(Pem(key), ImageSignature.FromBlob(Signed(key, Payload).ToBlob()))).Should().BeNull();
    }

    [Fact]
    public async Task RSA_keys_of_a_decent_size_are_accepted()
    {
        using var key = RSA.Create(2048);
        using var small = RSA.Create(1024);
        var signature = Annotated(Payload, Convert.ToBase64String(key.SignData(Payload, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));

        (await DecideAsync(key.ExportSubjectPublicKeyInfoPem(), signature)).Should().BeNull();
        (await DecideAsync(key.ExportRSAPublicKeyPem(), signature)).Should().BeNull();
        (await DecideAsync(small.ExportSubjectPublicKeyInfoPem(), signature)).Should().Contain("an RSA key of 1024 bits");
    }

    [Theory]
    [InlineData("", "what is no PEM of one")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "a \"CERTIFICATE\"")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "what is no PEM of one")]
    public async Task What_is_no_public_key_is_refused_by_name(string pem, string reason) =>
        (await DecideAsync(pem, Signed(_key, Payload))).Should().Contain(reason);

    [Fact]
    public async Task A_curve_that_nobody_asked_for_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));

        (await DecideAsync(Pem(key), Signed(key, Payload))).Should().Contain("another curve");
    }

    [Fact]
    public async Task Any_of_several_keys_may_have_signed_and_one_that_is_broken_spoils_all()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        SigstoreSigned Of(params string[] pems) => new(new KeySource([], [.. pems.Select(Encoding.ASCII.GetBytes)]), new SignedIdentity.MatchExact());

        (await SignedImage.DecideAsync(Of(Pem(other), Pem(_key)), Signed(_key, Payload))).Should().BeNull();
        (await SignedImage.DecideAsync(Of(Pem(_key), "x"), Signed(_key, Payload))).Should().NotBeNull();
    }

    [Fact]
    public async Task What_cosign_leaves_out_may_be_null()
    {
        var payload = SignedImage.PayloadWith(SignedPayload.SigstoreType, "{\"creator\":\"test\",\"timestamp\":1700000000}", "null");

        (await DecideAsync(Pem(_key), Signed(_key, payload))).Should().BeNull();
    }

    [Fact]
    public async Task Keys_and_signatures_of_skopeo_1_18_are_read()
    {
        string At(string name) => Path.Combine(AppContext.BaseDirectory, "testdata/sigstore", name);
        var manifest = Ocid.Images.Manifests.ManifestDocument.Parse(await File.ReadAllBytesAsync(At("manifest.json")), null);
        var signature = Annotated(await File.ReadAllBytesAsync(At("payload.json")), (await File.ReadAllTextAsync(At("signature.base64"))).Trim());
        using var keys = SigstoreKeys.Parse([await File.ReadAllBytesAsync(At("peer.pub"))]);

        keys.Verify(signature);
        SignedPayload.Parse(signature.Payload, SignedPayload.SigstoreType).Require(
            new PolicySubject(ImageReference.Parse("127.0.0.1:5999/team/app:1"), manifest, new GivenSignatures([])), new SignedIdentity.MatchExact());
        using var key = SigstorePrivateKey.Parse(await File.ReadAllTextAsync(At("peer.private")), "secret"u8);
        key.PublicPem.Should().Be(await File.ReadAllTextAsync(At("peer.pub")));
    }

    [Fact]
    public async Task Our_own_key_signs_through_its_encrypted_file()
    {
        using var made = SigstorePrivateKey.Generate();
        var pem = made.ToPem("a passphrase"u8);
        using var read = SigstorePrivateKey.Parse(pem, "a passphrase"u8);

        var signature = (SigstoreSignature)await new SigstoreSigningKey(read).SignAsync(new SignedPayload(SignedImage.Manifest.Digest, SignedImage.Name), DateTimeOffset.UtcNow, CancellationToken.None);

        (await DecideAsync(made.PublicPem, signature)).Should().BeNull();
        var wrong = () => SigstorePrivateKey.Parse(pem, "another"u8);
        wrong.Should().Throw<OcidException>().WithMessage("private key: the passphrase is wrong");
    }

    private static Task<string?> DecideAsync(string pem, ImageSignature signature) =>
        SignedImage.DecideAsync(new SigstoreSigned(new KeySource([], [Encoding.ASCII.GetBytes(pem)]), new SignedIdentity.MatchRepoDigestOrExact()), signature);

    private static string Pem(ECDsa key) => key.ExportSubjectPublicKeyInfoPem() + "\n";

    private static SigstoreSignature Signed(ECDsa key, byte[] payload) =>
        Annotated(payload, Convert.ToBase64String(key.SignData(payload, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));

    private static SigstoreSignature Annotated(byte[] payload, string signature) =>
        new(SigstoreSignature.SimpleSigningType, payload, new Dictionary<string, string> { [SigstoreSignature.SignatureAnnotation] = signature });
}
