namespace Ocid.Revisions;

/// <summary>What a change costs a node, the mildest first.</summary>
public enum Disruption
{
    /// <summary>Nothing has to be told.</summary>
    None,

    /// <summary>The daemon reads its files again; nothing stops.</summary>
    Reload,

    /// <summary>The daemon restarts; containers go on running, and the kubelet waits a moment.</summary>
    Restart,

    /// <summary>The node's pods have to leave it first.</summary>
    Drain,
}
