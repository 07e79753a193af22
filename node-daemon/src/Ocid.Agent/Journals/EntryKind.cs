namespace Ocid.Agent.Journals;

/// <summary>What was put at a path.</summary>
public enum EntryKind
{
    /// <summary>A directory that was not there; it goes when it is empty.</summary>
    Directory,

    /// <summary>A file.</summary>
    File,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A directory that was not there and that the runtime fills: it goes with all that is in it.</summary>
    Tree,
}
