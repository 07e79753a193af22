namespace Ocid.Operator.Merging;

/// <summary>A field of the effective configuration and who set it.</summary>
/// <param name="Name">The field, as <c>storage.root</c>.</param>
/// <param name="Value">Its value in one line, never a secret.</param>
/// <param name="From">Who set it, the strongest first.</param>
internal sealed record MergedField(string Name, string Value, IReadOnlyList<Layer> From);
