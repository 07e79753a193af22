using k8s.Models;

namespace Ocid.Cluster.Entities.Core;

/// <summary>A Node, as much as is needed of it.</summary>
public sealed record Node : IMetadata<V1ObjectMeta>
{
    /// <inheritdoc/>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is asked of it.</summary>
    public NodeSpec? Spec { get; init; }

    /// <summary>What it says.</summary>
    public NodeStatus? Status { get; init; }

    /// <summary>What is asked of a node.</summary>
    public sealed record NodeSpec
    {
        /// <summary>Whether it gets no new pods.</summary>
        public bool? Unschedulable { get; init; }
    }

    /// <summary>What a node says.</summary>
    public sealed record NodeStatus
    {
        /// <summary>Its conditions, Ready among them.</summary>
        public IReadOnlyList<CoreCondition>? Conditions { get; init; }

        /// <summary>What it runs.</summary>
        public NodeInformation? NodeInfo { get; init; }
    }

    /// <summary>What a node runs.</summary>
    public sealed record NodeInformation
    {
        /// <summary>The runtime that its kubelet uses, as <c>name://version</c>.</summary>
        public string? ContainerRuntimeVersion { get; init; }
    }
}
