using Ocid.Primitives;

namespace Ocid.Images.Manifests;

/// <summary>What one document says about another, or about a layer.</summary>
/// <remarks>https://github.com/opencontainers/image-spec/blob/main/descriptor.md</remarks>
internal sealed record Descriptor
{
    /// <summary>Of the layers of schema 1 manifests, until the registry is asked.</summary>
    public const long UnknownSize = -1;

    public string MediaType { get; init => field = value ?? ""; } = "";

    public required Digest Digest { get; init; }

    public required long Size { get; init; }

    public DescriptorPlatform? Platform { get; init; }

    /// <summary>Where a layer is that no registry may distribute. They come from the image: nothing that proves us to anybody goes there.</summary>
    public IReadOnlyList<string>? Urls { get; init; }

    /// <summary>What kind of artifact it is, of one within a list.</summary>
    public string? ArtifactType { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
