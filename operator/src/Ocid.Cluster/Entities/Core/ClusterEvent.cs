using System.Text.Json.Serialization;
using k8s.Models;

namespace Ocid.Cluster.Entities.Core;

/// <summary>Something that happened to an object, as <c>kubectl describe</c> shows it.</summary>
/// <remarks>https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/</remarks>
public sealed record ClusterEvent : IMetadata<V1ObjectMeta>
{
    /// <inheritdoc/>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>When it happened first.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>Who says so, such as <c>ocid.dev/operator</c>.</summary>
    public string? ReportingController { get; init; }

    /// <summary>Which of them.</summary>
    public string? ReportingInstance { get; init; }

    /// <summary>What was done.</summary>
    public string? Action { get; init; }

    /// <summary>Why, in one word.</summary>
    public string? Reason { get; init; }

    /// <summary>To what.</summary>
    public ObjectReference? Regarding { get; init; }

    /// <summary>What happened, for people.</summary>
    public string? Note { get; init; }

    /// <summary>Normal or Warning.</summary>
    public string? Type { get; init; }

    /// <summary>How often again; null: once.</summary>
    public EventSeries? Series { get; init; }

    /// <summary>How often something happened, and when last.</summary>
    public sealed record EventSeries
    {
        /// <summary>How often.</summary>
        public int Count { get; init; }

        /// <summary>When last.</summary>
        [JsonConverter(typeof(MicroTimeConverter))]
        public DateTimeOffset LastObservedTime { get; init; }
    }
}
