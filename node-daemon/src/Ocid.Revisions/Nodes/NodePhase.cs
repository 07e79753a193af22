namespace Ocid.Revisions.Nodes;

/// <summary>How far a node is with what it is to have: <c>status.phase</c> of a RuntimeNode, by these names.</summary>
public enum NodePhase
{
    /// <summary>Nothing was done yet.</summary>
    Pending,

    /// <summary>The files are on the node, checked, and not in force.</summary>
    Staged,

    /// <summary>They are being put into force.</summary>
    Applying,

    /// <summary>They are in force and being tried; the dead man's timer runs.</summary>
    Verifying,

    /// <summary>They are in force, and the node works.</summary>
    Updated,

    /// <summary>They did not work; what worked before is in force again.</summary>
    RolledBack,

    /// <summary>Something is wrong that the node does not put right by itself.</summary>
    Degraded,

    /// <summary>This host cannot run ocid; the message says why.</summary>
    Unsupported,

    /// <summary>What ocid put onto the host is being taken away.</summary>
    Releasing,

    /// <summary>It is gone.</summary>
    Released,
}
