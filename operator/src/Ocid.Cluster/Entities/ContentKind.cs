namespace Ocid.Cluster.Entities;

/// <summary>What holds a content.</summary>
public enum ContentKind
{
    /// <summary>A ConfigMap.</summary>
    ConfigMap,

    /// <summary>A Secret.</summary>
    Secret,
}
