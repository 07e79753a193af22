using k8s.Models;

namespace Ocid.Cluster.Entities.Core;

/// <summary>A DaemonSet, as much as is needed of it.</summary>
public sealed record DaemonSet : IMetadata<V1ObjectMeta>
{
    /// <inheritdoc/>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>How it is.</summary>
    public DaemonSetStatus? Status { get; init; }

    /// <summary>How a DaemonSet is.</summary>
    public sealed record DaemonSetStatus
    {
        /// <summary>How many nodes are to run its pod.</summary>
        public int DesiredNumberScheduled { get; init; }

        /// <summary>On how many it is ready.</summary>
        public int NumberReady { get; init; }
    }
}
