namespace Ocid.Images.Manifests;

/// <summary>What made a layer of a schema 1 manifest, as JSON within JSON.</summary>
internal sealed record Schema1History
{
    public required string V1Compatibility { get; init; }
}
