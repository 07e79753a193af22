namespace Ocid.Cluster.Api;

/// <summary>What happened to an object.</summary>
public enum WatchEventKind
{
    /// <summary>It is new, or newly within the scope.</summary>
    Added,

    /// <summary>It is another than before.</summary>
    Modified,

    /// <summary>It is gone, or no longer within the scope.</summary>
    Deleted,

    /// <summary>Nothing: up to this version all is said.</summary>
    Bookmark,
}
