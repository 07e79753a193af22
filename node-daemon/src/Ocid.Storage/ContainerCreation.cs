using Ocid.Primitives;

namespace Ocid.Storage;

/// <summary>A container to make.</summary>
public sealed record ContainerCreation
{
    /// <summary>Its id.</summary>
    public required ContainerId Id { get; init; }

    /// <summary>The image whose content it begins with; null begins empty.</summary>
    public ImageId? ImageId { get; init; }

    /// <summary>Its names, unique among containers.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What it writes need not survive a crash of the machine, and is not waited for: for containers that are then thrown away.</summary>
    public bool Volatile { get; init; }

    /// <summary>Data to keep with it, json by custom.</summary>
    public string Metadata { get; init; } = "";
}
