namespace Ocid.Cluster.Entities;

/// <summary>When a pulled image is safe from a power cut.</summary>
public enum Durability
{
    /// <summary>Before it is recorded.</summary>
    Syncfs,

    /// <summary>When the kernel gets to it.</summary>
    None,
}
