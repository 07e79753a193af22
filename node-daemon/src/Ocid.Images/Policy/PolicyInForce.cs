using Ocid.Images.Signatures;
using Ocid.Primitives;

namespace Ocid.Images.Policy;

/// <summary>One reading of a policy.</summary>
internal sealed class PolicyInForce(PolicyDocument document, LookasideConfiguration lookaside)
{
    /// <summary>How a refusal begins, by which the kubelet tells it from other failures.</summary>
    public const string Sentinel = "SignatureValidationFailed";

    public LookasideConfiguration Lookaside => lookaside;

    /// <summary>The check that an image passes before anything of it is fetched or run.</summary>
    /// <returns>The signatures that it has, to be stored with it.</returns>
    /// <exception cref="OcidException">
    /// PermissionDenied: the image does not meet a requirement; scope, requirement and reason are named. Others: its signatures cannot be read.
    /// </exception>
    public async Task<SignatureSet> RequireAsync(PolicySubject subject, CancellationToken ct)
    {
        var (scope, requirements) = document.Of(subject.Identity);
        if (requirements.OfType<Requirement.Reject>().FirstOrDefault() is { } reject)
            throw Refusal(subject, scope, reject, await reject.RefusalAsync(subject, [], ct));

        var signatures = await subject.Signatures.FindAsync(subject.Manifest.Digest, requirements.Any(r => r.NeedsSignatures), ct);
        foreach (var requirement in requirements)
        {
            if (await RefusalAsync(requirement, subject, signatures, ct) is { } reason)
                throw Refusal(subject, scope, requirement, reason);
        }

        return new SignatureSet(subject.Manifest.Digest, signatures);
    }

    private static async Task<string?> RefusalAsync(Requirement requirement, PolicySubject subject, IReadOnlyList<ImageSignature> signatures, CancellationToken ct)
    {
        try
        {
            return await requirement.RefusalAsync(subject, signatures, ct);
        }
        catch (OcidException failure) // a key that cannot be read, or no gpg: the image is not accepted, and this is why
        {
            return failure.Message;
        }
    }

    private static OcidException Refusal(PolicySubject subject, string scope, Requirement requirement, string? reason) =>
        new(ErrorKind.PermissionDenied, $"{Sentinel}: image {subject.Identity}: policy scope {scope}: {requirement.Type}: {reason}");
}
