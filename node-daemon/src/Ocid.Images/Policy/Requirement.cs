using Ocid.Images.Signatures;

namespace Ocid.Images.Policy;

/// <summary>What a policy asks of an image; all requirements of the scope must be met.</summary>
internal abstract record Requirement
{
    /// <summary>Its name in policy.json.</summary>
    public abstract string Type { get; }

    public virtual bool NeedsSignatures => false;

    /// <returns>Why the image does not meet it; null where it does.</returns>
    public abstract Task<string?> RefusalAsync(PolicySubject subject, IReadOnlyList<ImageSignature> signatures, CancellationToken ct);

    /// <summary>Any image.</summary>
    public sealed record AcceptAnything : Requirement
    {
        public override string Type => "insecureAcceptAnything";

        public override Task<string?> RefusalAsync(PolicySubject subject, IReadOnlyList<ImageSignature> signatures, CancellationToken ct) => Task.FromResult<string?>(null);
    }

    /// <summary>No image.</summary>
    public sealed record Reject : Requirement
    {
        public override string Type => "reject";

        public override Task<string?> RefusalAsync(PolicySubject subject, IReadOnlyList<ImageSignature> signatures, CancellationToken ct) => Task.FromResult<string?>("images from here are rejected");
    }
}
