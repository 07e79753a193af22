using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Agent.Conditions;

/// <summary>What a node's conditions are made of.</summary>
internal sealed record NodeView
{
    /// <summary>The generation of the RuntimeNode that is followed.</summary>
    public required long Generation { get; init; }

    /// <summary>The revision that is asked for; null for none.</summary>
    public RevisionHash? Desired { get; init; }

    /// <summary>The revision in force; null for none.</summary>
    public string? Current { get; init; }

    public required NodePhase Phase { get; init; }

    /// <summary>Why the phase is what it is.</summary>
    public string Message { get; init; } = "";

    /// <summary>Whether the files of the revision that is asked for are on the node.</summary>
    public bool IsStaged { get; init; }

    /// <summary>What the step to the revision costs; null before that is known.</summary>
    public Disruption? Cost { get; init; }

    public IReadOnlyList<string> Drift { get; init; } = [];

    /// <summary>Whether what is asked for is in force and works.</summary>
    public bool IsUpdated => Phase == NodePhase.Updated && Desired is { } desired && Current == desired.Value;
}
