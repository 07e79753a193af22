using Ocid.Images.Policy;
using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>The signatures of a repository's images: those of the lookaside store or of the registry's extension, then the attachments.</summary>
/// <param name="repository">The same, by its name there: where mirrors keep their signatures is configured by the mirror's name.</param>
/// <param name="configuration">What registries.d says.</param>
/// <remarks>https://github.com/containers/image/blob/main/docs/signature-protocols.md</remarks>
internal sealed class RegistrySignatures(ImageReference repository, LookasideConfiguration configuration) : ISignatureSource
{
    public async Task<IReadOnlyList<ImageSignature>> FindAsync(Digest manifest, bool needed, CancellationToken ct)
    {
        var lookaside = new Lookaside(configuration.ReadFrom(repository), repository);
        return await lookaside.ReadAsync(manifest, ct);
    }
}
