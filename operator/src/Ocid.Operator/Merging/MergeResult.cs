namespace Ocid.Operator.Merging;

/// <summary>A merge and what is wrong with it.</summary>
/// <param name="Configuration">What comes out where problems are left out.</param>
/// <param name="Problems">What is wrong.</param>
internal sealed record MergeResult(EffectiveConfiguration Configuration, IReadOnlyList<MergeProblem> Problems)
{
    /// <summary>Whether a node has to keep what it has.</summary>
    public bool IsHeld => Problems.Any(problem => !problem.IsResolved);
}
