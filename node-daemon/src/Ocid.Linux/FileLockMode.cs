namespace Ocid.Linux;

/// <summary>Who else may hold a <see cref="FileLock"/> at the same time.</summary>
public enum FileLockMode
{
    /// <summary>Other shared holders.</summary>
    Shared,

    /// <summary>Nobody.</summary>
    Exclusive,
}
