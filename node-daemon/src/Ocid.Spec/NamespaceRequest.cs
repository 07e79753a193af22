namespace Ocid.Spec;

/// <summary>A namespace that the container does not share with the host.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Path">The pod's pinned namespace to join; a new one where null.</param>
public sealed record NamespaceRequest(NamespaceKind Kind, string? Path = null);
