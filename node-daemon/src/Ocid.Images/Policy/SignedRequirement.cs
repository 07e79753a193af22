using Ocid.Images.Signatures;
using Ocid.Primitives;

namespace Ocid.Images.Policy;

/// <summary>One signature by one of some keys, for this manifest and an identity that is accepted, is enough.</summary>
internal abstract record SignedRequirement<TSignature, TKeys>(KeySource Keys, SignedIdentity Identity) : Requirement
    where TSignature : ImageSignature
    where TKeys : IDisposable
{
    public override bool NeedsSignatures => true;

    public override async Task<string?> RefusalAsync(PolicySubject subject, IReadOnlyList<ImageSignature> signatures, CancellationToken ct)
    {
        var candidates = signatures.OfType<TSignature>().Where(IsCandidate).ToList();
        if (candidates.Count == 0)
            return $"a signature is required, and there is {(signatures.Count == 0 ? "none" : "only " + string.Join(", ", signatures.Select(Describe).Distinct().Take(4)))}";

        using var keys = await OpenAsync(await Keys.ReadAsync(ct), ct);
        var reasons = new List<string>();
        foreach (var candidate in candidates)
        {
            try
            {
                (await VerifyAsync(keys, candidate, ct)).Require(subject, Identity);
                return null;
            }
            catch (SignatureException refused)
            {
                reasons.Add(refused.Message);
            }
        }

        return reasons.Count == 1 ? reasons[0] : $"none of {reasons.Count} signatures is accepted: {string.Join("; ", reasons.Distinct())}";
    }

    private static string Describe(ImageSignature signature) => signature switch
    {
        SimpleSignature => "a GPG signature",
        SigstoreSignature sigstore => $"an attachment of type {Quoted.Text(sigstore.MediaType)}",
        UnknownSignature unknown => unknown.What,
        _ => "another",
    };

    protected virtual bool IsCandidate(TSignature signature) => true;

    protected abstract Task<TKeys> OpenAsync(IReadOnlyList<byte[]> keys, CancellationToken ct);

    /// <exception cref="SignatureException">It is none by any of the keys, or holds no valid payload.</exception>
    protected abstract Task<SignedPayload> VerifyAsync(TKeys keys, TSignature signature, CancellationToken ct);
}
