using Ocid.Images.Signatures;
using Ocid.Images.Signatures.OpenPgp;

namespace Ocid.Images.Policy;

/// <summary>GPG simple signing.</summary>
internal sealed record SignedBy(KeySource Keys, SignedIdentity Identity) : SignedRequirement<SimpleSignature, GpgKeyring>(Keys, Identity)
{
    public override string Type => "signedBy";

    protected override Task<GpgKeyring> OpenAsync(IReadOnlyList<byte[]> keys, CancellationToken ct) => GpgKeyring.OpenAsync(keys, ct);

    protected override async Task<SignedPayload> VerifyAsync(GpgKeyring keys, SimpleSignature signature, CancellationToken ct) =>
        SignedPayload.Parse(await keys.VerifyAsync(signature.Message, ct), SignedPayload.SimpleType);
}
