namespace Ocid.Operator.Merging;

/// <summary>Which nodes a RuntimeConfig is for, by their labels: all of its terms; none is every node.</summary>
/// <param name="Terms">What is asked of the labels.</param>
internal sealed record NodeSelector(IReadOnlyList<SelectorTerm> Terms)
{
    public static NodeSelector Everything { get; } = new([]);

    public bool Matches(IReadOnlyDictionary<string, string> labels) => Terms.All(term => term.Matches(labels));
}
