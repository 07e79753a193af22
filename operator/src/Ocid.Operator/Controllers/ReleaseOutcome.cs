namespace Ocid.Operator.Controllers;

/// <summary>How a release ended.</summary>
/// <param name="Released">How many nodes gave everything back.</param>
/// <param name="Left">The nodes that did not, each with the reason.</param>
internal sealed record ReleaseOutcome(int Released, IReadOnlyList<(string Node, string Reason)> Left);
