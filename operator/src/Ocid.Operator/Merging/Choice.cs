namespace Ocid.Operator.Merging;

/// <summary>What several RuntimeConfigs say about one thing, decided by priority.</summary>
internal static class Choice
{
    /// <param name="field">The field, for the problem.</param>
    /// <param name="layers">The strongest first; at least one of them says something.</param>
    /// <param name="said">What a layer says; null where it says nothing.</param>
    /// <param name="same">Whether two say the same.</param>
    /// <param name="problems">Where it is noted that two of the highest priority do not.</param>
    public static (T Value, Layer From) Among<T>(string field, IReadOnlyList<Layer> layers, Func<Layer, T?> said, Func<T, T, bool> same, List<MergeProblem> problems)
        where T : class
    {
        var answers = layers.Select(layer => (Value: said(layer), From: layer)).Where(answer => answer.Value is not null).ToList();
        var (value, from) = answers[0];
        var others = answers.Skip(1).Where(answer => answer.From.Priority == from.Priority && !same(answer.Value!, value!)).Select(answer => answer.From.Name).ToList();
        if (others.Count > 0)
        {
            IReadOnlyList<string> configs = [from.Name, .. others];
            problems.Add(new MergeProblem(ProblemKind.Conflicted, field, configs,
                $"RuntimeConfigs {string.Join(" and ", configs)} have the same priority {from.Priority} and say different things; give one of them another priority"));
        }

        return (value!, from);
    }
}
