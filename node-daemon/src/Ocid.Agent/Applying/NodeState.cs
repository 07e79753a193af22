using Ocid.Revisions.Nodes;

namespace Ocid.Agent.Applying;

/// <summary>What the node knows about its revisions; all hashes are null for none.</summary>
public sealed record NodeState
{
    /// <summary>The state of a node that nothing was done to.</summary>
    public static NodeState Empty { get; } = new();

    /// <summary>1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>How the last change ended.</summary>
    public NodePhase Phase { get; init; } = NodePhase.Pending;

    /// <summary>The revision in force.</summary>
    public string? Current { get; init; }

    /// <summary>The revision that was verified last.</summary>
    public string? LastGood { get; init; }

    /// <summary>The revision that did not work.</summary>
    public string? Failed { get; init; }

    /// <summary>A revision whose change was interrupted from outside, once; the second time it counts as failed.</summary>
    public string? Interrupted { get; init; }

    /// <summary>The version of the daemon that was verified last; null for none.</summary>
    public string? RuntimeVersion { get; init; }

    /// <summary>Its runtime handlers.</summary>
    public IReadOnlyList<string> Handlers { get; init; } = [];

    /// <summary>Why the phase is what it is; empty where all is well.</summary>
    public string Message { get; init; } = "";
}
