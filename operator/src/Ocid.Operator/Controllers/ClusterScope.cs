using Ocid.Revisions;

namespace Ocid.Operator.Controllers;

/// <summary>Which parts of a cluster are the operator's.</summary>
internal sealed record ClusterScope
{
    public const string DefaultNamespace = "ocid-system";
    public const string DefaultAgentNamespace = "ocid-agent";

    /// <summary>What selects the agents' pods.</summary>
    public const string AgentLabels = "app.kubernetes.io/component=agent";

    /// <summary>The release's: where the Secrets and ConfigMaps are that RuntimeConfigs name.</summary>
    public string Namespace { get; init; } = DefaultNamespace;

    /// <summary>The revisions', and nothing else's.</summary>
    public string RevisionsNamespace { get; init; } = RevisionSecret.DefaultNamespace;

    /// <summary>The agents'.</summary>
    public string AgentNamespace { get; init; } = DefaultAgentNamespace;
}
