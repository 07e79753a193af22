namespace Ocid.Agent.Cluster.Wire;

/// <summary>What the agent reads of its Node: which runtime the kubelet is connected to.</summary>
internal sealed record NodeObject
{
    public NodeStatus Status { get; init; } = new();

    internal sealed record NodeStatus
    {
        public NodeInformation NodeInfo { get; init; } = new();
    }

    internal sealed record NodeInformation
    {
        public string ContainerRuntimeVersion { get; init; } = "";
    }
}
