namespace Ocid.Operator.Merging;

/// <summary>The signature policies of a node.</summary>
/// <param name="Views">The node's, then those of namespaces by name; none where nobody says anything about signatures.</param>
/// <param name="Fields">Who asked for what.</param>
/// <param name="Problems">What does not go together.</param>
internal sealed record SigningMergeResult(IReadOnlyList<SigningView> Views, IReadOnlyList<MergedField> Fields, IReadOnlyList<MergeProblem> Problems);
