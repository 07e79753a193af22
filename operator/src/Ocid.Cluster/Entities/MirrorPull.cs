namespace Ocid.Cluster.Entities;

/// <summary>What a mirror may be asked for.</summary>
public enum MirrorPull
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>Images named by digest.</summary>
    DigestOnly,

    /// <summary>Images named by tag.</summary>
    TagOnly,
}
