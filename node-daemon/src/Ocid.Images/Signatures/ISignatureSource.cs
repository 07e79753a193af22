using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>Where the signatures of a manifest are looked for.</summary>
internal interface ISignatureSource
{
    /// <param name="manifest">The digest of the manifest.</param>
    /// <param name="needed">A requirement asks for them; otherwise only what is at hand without asking whether there is any.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>In the order of the store; nothing about them is checked.</returns>
    Task<IReadOnlyList<ImageSignature>> FindAsync(Digest manifest, bool needed, CancellationToken ct);
}
