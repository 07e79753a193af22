namespace Ocid.Agent.Cluster.Wire;

/// <summary>A merge patch of the status alone.</summary>
internal sealed record StatusPatch(RuntimeNodeStatus Status);
