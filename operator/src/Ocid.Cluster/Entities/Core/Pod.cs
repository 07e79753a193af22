using k8s.Models;

namespace Ocid.Cluster.Entities.Core;

/// <summary>A Pod, as much as is needed of it.</summary>
public sealed record Pod : IMetadata<V1ObjectMeta>
{
    /// <inheritdoc/>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is asked of it.</summary>
    public PodSpec? Spec { get; init; }

    /// <summary>How it is.</summary>
    public PodStatus? Status { get; init; }

    /// <summary>What is asked of a pod.</summary>
    public sealed record PodSpec
    {
        /// <summary>Where it runs.</summary>
        public string? NodeName { get; init; }

        /// <summary>Its containers.</summary>
        public IReadOnlyList<Container>? Containers { get; init; }
    }

    /// <summary>How a pod is.</summary>
    public sealed record PodStatus
    {
        /// <summary>Pending, Running, Succeeded, Failed or Unknown.</summary>
        public string? Phase { get; init; }

        /// <summary>Its conditions, Ready among them.</summary>
        public IReadOnlyList<CoreCondition>? Conditions { get; init; }
    }

    /// <summary>A container.</summary>
    public sealed record Container
    {
        /// <summary>Its name.</summary>
        public string Name { get; init; } = "";

        /// <summary>Its image.</summary>
        public string? Image { get; init; }
    }
}
