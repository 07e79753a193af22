using Ocid.Images.Signatures;
using Ocid.Images.Signatures.Sigstore;

namespace Ocid.Images.Policy;

/// <summary>A sigstore attachment, signed with a key.</summary>
internal sealed record SigstoreSigned(KeySource Keys, SignedIdentity Identity) : SignedRequirement<SigstoreSignature, SigstoreKeys>(Keys, Identity)
{
    public override string Type => "sigstoreSigned";

    // Attestations and other attachments are under the same tag.
    protected override bool IsCandidate(SigstoreSignature signature) => signature.MediaType == SigstoreSignature.SimpleSigningType;

    protected override Task<SigstoreKeys> OpenAsync(IReadOnlyList<byte[]> keys, CancellationToken ct) => Task.FromResult(SigstoreKeys.Parse(keys));

    protected override Task<SignedPayload> VerifyAsync(SigstoreKeys keys, SigstoreSignature signature, CancellationToken ct)
    {
        keys.Verify(signature);
        return Task.FromResult(SignedPayload.Parse(signature.Payload, SignedPayload.SigstoreType));
    }
}
