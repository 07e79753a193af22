namespace Ocid.Storage.Checking;

/// <summary>What is wrong.</summary>
public enum ProblemKind
{
    /// <summary>A record names what is not there, or contradicts another.</summary>
    Record,

    /// <summary>A layer's directory is not as the driver needs it.</summary>
    Directory,

    /// <summary>A file of a layer, or an image's data, is not what its digest says.</summary>
    Content,

    /// <summary>A count of mounts is about nothing.</summary>
    Mount,

    /// <summary>It belongs to nobody.</summary>
    Garbage,
}
