namespace Ocid.Images.Manifests;

/// <summary>The members of every kind of manifest together, so that their presence can be checked.</summary>
internal sealed record ManifestWire
{
    public int SchemaVersion { get; init; }

    public string? MediaType { get; init; }

    public string? ArtifactType { get; init; }

    public Descriptor? Config { get; init; }

    public IReadOnlyList<Descriptor>? Layers { get; init; }

    public IReadOnlyList<Descriptor>? Manifests { get; init; }

    public Descriptor? Subject { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public IReadOnlyList<Schema1Layer>? FsLayers { get; init; }

    public IReadOnlyList<Schema1History>? History { get; init; }

    public IReadOnlyList<Schema1Signature>? Signatures { get; init; }
}
