namespace Ocid.Operator.Merging;

/// <summary>Why RuntimeConfigs do not go together as somebody meant them to.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Field">Where.</param>
/// <param name="Configs">The RuntimeConfigs that are to be changed, by name.</param>
/// <param name="Reason">What is wrong with it, for a person.</param>
/// <param name="IsResolved">Whether what comes out is right all the same: the rule that is wrong counts for nothing.</param>
internal sealed record MergeProblem(ProblemKind Kind, string Field, IReadOnlyList<string> Configs, string Reason, bool IsResolved = false)
{
    public override string ToString() => $"{Field}: {Reason}";
}
