namespace Ocid.Operator.Merging;

/// <summary>An OCI runtime.</summary>
/// <param name="Name">What a RuntimeClass calls it.</param>
/// <param name="Program">The absolute path of its program; null is where the node finds it.</param>
internal sealed record HandlerRule(string Name, string? Program);
