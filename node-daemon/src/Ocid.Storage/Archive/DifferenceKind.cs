namespace Ocid.Storage.Archive;

/// <summary>How a file on disk differs from the layer that it belongs to.</summary>
public enum DifferenceKind
{
    /// <summary>The layer has it, the disk has not.</summary>
    Missing,

    /// <summary>Content, kind, owner, mode, attributes or link target are others.</summary>
    Changed,

    /// <summary>The disk has it, the layer has not.</summary>
    Extra,
}
