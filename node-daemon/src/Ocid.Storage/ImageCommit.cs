using Ocid.Primitives;

namespace Ocid.Storage;

/// <summary>An image to put into the store.</summary>
public sealed record ImageCommit
{
    /// <summary>The hexadecimal digest of its configuration.</summary>
    public required ImageId Id { get; init; }

    /// <summary>The digest of its manifest.</summary>
    public Digest? Digest { get; init; }

    /// <summary>Names to add; another image that has one loses it.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Its layers, bottom first.</summary>
    public required IReadOnlyList<CommittedLayer> Layers { get; init; }

    /// <summary>Manifest, configuration, signatures by their keys.</summary>
    public IReadOnlyList<ImageBigData> BigData { get; init; } = [];

    /// <summary>Metadata as json.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>Marks to add to those that it has.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>When its builder says that it was made; null is now.</summary>
    public DateTimeOffset? Created { get; init; }
}
