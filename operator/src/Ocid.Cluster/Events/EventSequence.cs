using Ocid.Cluster.Entities.Core;

namespace Ocid.Cluster.Events;

/// <summary>An event and its repetitions.</summary>
internal sealed class EventSequence
{
    /// <summary>As the API server has it; null until it took it.</summary>
    public ClusterEvent? Written { get; set; }

    public int Count { get; set; }

    public DateTimeOffset First { get; init; }

    public DateTimeOffset Last { get; set; }

    public DateTimeOffset WrittenAt { get; set; }

    /// <summary>Whether there is something to say that the API server does not know.</summary>
    public bool IsDue => Written is null || Count > (Written.Series?.Count ?? 1);
}
