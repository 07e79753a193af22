namespace Ocid.Operator.Merging;

/// <summary>Merges what RuntimeConfigs say about signatures, for the node and for each Kubernetes namespace that one of them names.</summary>
/// <param name="layers">The strongest first.</param>
internal sealed class SigningMerge(IReadOnlyList<Layer> layers)
{
    private const string Node = "";

    private readonly List<Layer> _speaking = [.. layers.Where(layer => layer.Signing is not null)];

    public SigningMergeResult Run()
    {
        if (_speaking.Count == 0)
            return new SigningMergeResult([], [], []);

        var namespaces = _speaking.SelectMany(layer => layer.Signing!.Policies).SelectMany(policy => policy.Namespaces);
        var merges = new SortedSet<string>(namespaces.Append(Node), StringComparer.Ordinal).Select(name => new SigningViewMerge(name, _speaking)).ToList();
        var views = merges.ConvertAll(merge => merge.Run());
        return new SigningMergeResult(views, [.. views.SelectMany(FieldsOf)], [.. merges.SelectMany(merge => merge.Problems).DistinctBy(problem => problem.ToString())]);
    }

    // A namespace's own rules; what it shares with the node is the node's.
    private static IEnumerable<MergedField> FieldsOf(SigningView view)
    {
        if (view.Namespace == Node)
            yield return new MergedField(Fields.SigningDefault, SigningText.Of(view.Default), view.Default.From);
        foreach (var (scope, rule) in view.Scopes)
            yield return new MergedField(Fields.SigningScope(scope, view.Namespace), SigningText.Of(rule), rule.From);
    }
}
