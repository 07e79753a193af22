namespace Ocid.Networking;

/// <summary>What became of a detach.</summary>
public enum DetachOutcome
{
    /// <summary>Every plugin let go, or there was nothing to let go.</summary>
    Detached,

    /// <summary>A plugin failed; the removal of the pod goes on, DEL is tried again in the background until it succeeds.</summary>
    Deferred,
}
