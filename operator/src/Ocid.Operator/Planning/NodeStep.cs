using Ocid.Revisions;

namespace Ocid.Operator.Planning;

/// <summary>The step that a node would take, and what it costs it.</summary>
/// <param name="Node">The node.</param>
/// <param name="From">What it has; null where it has nothing, or nothing that is still known.</param>
/// <param name="To">What it is to have.</param>
/// <param name="IsServing">Whether the kubelet runs its pods with ocid.</param>
internal sealed record NodeStep(string Node, Revision? From, Revision To, bool IsServing)
{
    /// <summary>Every difference.</summary>
    public RevisionComparison Comparison { get; } = RevisionComparison.Between(From?.Document, To.Document);

    /// <summary>What it costs: nobody has to leave a node whose pods another runtime runs.</summary>
    public Disruption Disruption => Comparison.Disruption is Disruption.Drain && !IsServing ? Disruption.Restart : Comparison.Disruption;
}
