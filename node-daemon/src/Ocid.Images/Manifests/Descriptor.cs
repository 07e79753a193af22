using Ocid.Primitives;

namespace Ocid.Images.Manifests;

/// <summary>What one document says about another, or about a layer.</summary>
/// <remarks>https://github.com/opencontainers/image-spec/blob/main/descriptor.md</remarks>
internal sealed record Descriptor
{
    public string MediaType { get; init => field = value ?? ""; } = "";

    public required Digest Digest { get; init; }

    public required long Size { get; init; }

    public DescriptorPlatform? Platform { get; init; }
}
