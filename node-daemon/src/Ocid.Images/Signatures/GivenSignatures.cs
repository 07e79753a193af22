using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>Signatures that a caller holds.</summary>
internal sealed class GivenSignatures(IReadOnlyList<ImageSignature> signatures) : ISignatureSource
{
    public Task<IReadOnlyList<ImageSignature>> FindAsync(Digest manifest, bool needed, CancellationToken ct) => Task.FromResult(signatures);
}
