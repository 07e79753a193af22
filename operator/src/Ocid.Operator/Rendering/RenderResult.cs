using Ocid.Operator.Merging;
using Ocid.Revisions;

namespace Ocid.Operator.Rendering;

/// <summary>A rendered revision, or why there is none.</summary>
/// <param name="Revision">The revision; null with any problem.</param>
/// <param name="Problems">What is wrong.</param>
internal sealed record RenderResult(Revision? Revision, IReadOnlyList<MergeProblem> Problems);
