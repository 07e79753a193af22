using Ocid.Primitives;

namespace Ocid.Images.Manifests;

/// <summary>A layer of a schema 1 manifest.</summary>
internal sealed record Schema1Layer
{
    public required Digest BlobSum { get; init; }
}
