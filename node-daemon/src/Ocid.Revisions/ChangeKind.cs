namespace Ocid.Revisions;

/// <summary>What became of a file.</summary>
public enum ChangeKind
{
    /// <summary>It came.</summary>
    Added,

    /// <summary>Its content or its mode changed.</summary>
    Changed,

    /// <summary>It went.</summary>
    Removed,
}
