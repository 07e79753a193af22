using System.Text.Json;

namespace Ocid.Images.Manifests;

/// <summary>The members of every kind of manifest together, so that their presence can be checked.</summary>
internal sealed record ManifestWire
{
    public int SchemaVersion { get; init; }

    public string? MediaType { get; init; }

    public Descriptor? Config { get; init; }

    public IReadOnlyList<Descriptor>? Layers { get; init; }

    public IReadOnlyList<Descriptor>? Manifests { get; init; }

    public JsonElement? FsLayers { get; init; }
}
