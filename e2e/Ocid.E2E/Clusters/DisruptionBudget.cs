using k8s.Models;

namespace Ocid.E2E.Clusters;

/// <summary>A PodDisruptionBudget, as much as its controller needs of it.</summary>
public sealed record DisruptionBudget : IMetadata<V1ObjectMeta>
{
    public V1ObjectMeta Metadata { get; set; } = new();

    public DisruptionBudgetSpec Spec { get; init; } = new();

    public DisruptionBudgetStatus? Status { get; init; }

    /// <summary>Whether a pod of these labels counts.</summary>
    public bool Selects(IDictionary<string, string>? labels) =>
        Spec.Selector?.MatchLabels is { } wanted && wanted.All(label => labels?.TryGetValue(label.Key, out var value) == true && value == label.Value);

    public sealed record DisruptionBudgetSpec
    {
        public V1LabelSelector? Selector { get; init; }
    }

    public sealed record DisruptionBudgetStatus
    {
        public int CurrentHealthy { get; init; }
    }
}
