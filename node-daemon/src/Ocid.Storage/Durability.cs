namespace Ocid.Storage;

/// <summary>What a committed layer survives.</summary>
public enum Durability
{
    /// <summary>A power cut: everything staged is synced before a record names it.</summary>
    Syncfs,

    /// <summary>The end of a process only.</summary>
    None,
}
