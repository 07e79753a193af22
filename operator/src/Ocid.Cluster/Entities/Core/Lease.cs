using System.Text.Json.Serialization;
using k8s.Models;

namespace Ocid.Cluster.Entities.Core;

/// <summary>Who holds something, and since when.</summary>
/// <remarks>https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1/</remarks>
public sealed record Lease : IMetadata<V1ObjectMeta>
{
    /// <inheritdoc/>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>Who, and since when.</summary>
    public LeaseSpec? Spec { get; init; }

    /// <summary>Who holds it, and since when.</summary>
    public sealed record LeaseSpec
    {
        /// <summary>Who; empty: nobody.</summary>
        public string? HolderIdentity { get; init; }

        /// <summary>How long without renewal others wait.</summary>
        public int? LeaseDurationSeconds { get; init; }

        /// <summary>When the holder got it.</summary>
        [JsonConverter(typeof(MicroTimeConverter))]
        public DateTimeOffset? AcquireTime { get; init; }

        /// <summary>When the holder last said that it is there.</summary>
        [JsonConverter(typeof(MicroTimeConverter))]
        public DateTimeOffset? RenewTime { get; init; }

        /// <summary>How often it went from one holder to another.</summary>
        public int? LeaseTransitions { get; init; }
    }
}
