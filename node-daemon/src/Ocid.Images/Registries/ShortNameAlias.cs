using Ocid.Primitives;

namespace Ocid.Images.Registries;

/// <summary>What a short name stands for.</summary>
/// <param name="Repository">The full name; null where a stronger file takes the alias back.</param>
/// <param name="Origin">File and line.</param>
internal sealed record ShortNameAlias(ImageReference? Repository, string Origin);
