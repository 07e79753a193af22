using Ocid.Revisions;

namespace Ocid.Operator.Planning;

/// <summary>What a change costs a fleet, as a RuntimeConfig's status shows it before anything moves.</summary>
/// <param name="Disruption">The most that it costs one of the nodes.</param>
/// <param name="Nodes">How many nodes it changes.</param>
/// <param name="Changes">What changes on them, one line for each file, at most ten.</param>
internal sealed record DisruptionSummary(Disruption Disruption, int Nodes, IReadOnlyList<string> Changes)
{
    private const int MostLines = 10;

    public static DisruptionSummary Of(IEnumerable<NodeStep> steps)
    {
        var changing = steps.Where(step => step.From?.Hash != step.To.Hash).ToList();
        var lines = new SortedSet<string>(changing.SelectMany(Lines), StringComparer.Ordinal).ToList();
        return new DisruptionSummary(
            changing.Select(step => step.Disruption).DefaultIfEmpty().Max(), changing.Count,
            lines.Count <= MostLines ? lines : [.. lines.Take(MostLines - 1), $"and {lines.Count - MostLines + 1} more"]);
    }

    private static IEnumerable<string> Lines(NodeStep step)
    {
        if (step.Comparison.RuntimeChanges)
            yield return $"runtime {step.From?.Document.Runtime.Version ?? "none"} to {step.To.Document.Runtime.Version}: {Disruption.Restart}";
        foreach (var change in step.Comparison.Changes)
            yield return $"{change.Path} {change.Kind.ToString().ToLowerInvariant()}: {change.Needs}";
    }
}
