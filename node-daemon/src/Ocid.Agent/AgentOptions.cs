namespace Ocid.Agent;

/// <summary>What the agent of a node is told.</summary>
public sealed record AgentOptions
{
    /// <summary>The node's name, which is its RuntimeNode's.</summary>
    public required string Node { get; init; }

    /// <summary>The namespace of the revisions.</summary>
    public required string RevisionNamespace { get; init; }

    /// <summary>The program to bring onto the host: this one.</summary>
    public required string Program { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }
}
