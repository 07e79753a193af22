using Ocid.Images.Policy;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>The signatures of a repository's images: those of the registry's extension, or else of the lookaside store; then the attachments.</summary>
/// <param name="registry">The repository at the endpoint that serves the image; a mirror's signatures are configured by the mirror's name.</param>
/// <param name="configuration">What registries.d says.</param>
/// <remarks>https://github.com/containers/image/blob/main/docs/signature-protocols.md</remarks>
internal sealed class RegistrySignatures(RegistryClient registry, LookasideConfiguration configuration) : ISignatureSource
{
    /// <summary>Looks for attachments whatever registries.d says.</summary>
    public bool AlwaysAttachments { get; init; }

    public async Task<IReadOnlyList<ImageSignature>> FindAsync(Digest manifest, bool needed, CancellationToken ct)
    {
        var found = new List<ImageSignature>();
        // Few registries have the extension: nobody is asked whether there is one unless it matters.
        var extension = needed ? await registry.ReadSignaturesAsync(manifest, ct) : null;
        found.AddRange(extension ?? await new Lookaside(configuration.ReadFrom(registry.Repository), registry.Repository).ReadAsync(manifest, registry.FetchAsync, ct));
        if (AlwaysAttachments || configuration.HasAttachments(registry.Repository))
            found.AddRange(await new SigstoreAttachments(registry).ReadAsync(manifest, ct));
        return found;
    }
}
