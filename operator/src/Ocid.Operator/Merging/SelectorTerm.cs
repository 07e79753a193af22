namespace Ocid.Operator.Merging;

/// <summary>What is asked of one label.</summary>
/// <param name="Key">The label.</param>
/// <param name="Operator">What is asked.</param>
/// <param name="Values">The values, where the operator speaks of some.</param>
/// <remarks>https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements</remarks>
internal sealed record SelectorTerm(string Key, SelectorOperator Operator, IReadOnlyList<string> Values)
{
    public bool Matches(IReadOnlyDictionary<string, string> labels) => Operator switch
    {
        SelectorOperator.In => labels.TryGetValue(Key, out var value) && Values.Contains(value),
        SelectorOperator.NotIn => !labels.TryGetValue(Key, out var value) || !Values.Contains(value),
        SelectorOperator.Exists => labels.ContainsKey(Key),
        _ => !labels.ContainsKey(Key),
    };
}
