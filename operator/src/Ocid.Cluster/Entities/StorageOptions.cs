using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>The storage driver's options.</summary>
public sealed class StorageOptions
{
    /// <summary>Options of mount(8) for the containers' file systems.</summary>
    [Items(0, 16)]
    [ItemLength(1, 64)]
    public IList<string>? MountOptions { get; set; }

    /// <summary>When a pulled image is safe from a power cut.</summary>
    public Durability? Durability { get; set; }
}
