namespace Ocid.Spec.Schema;

/// <summary>The root file system.</summary>
public sealed record SpecRoot
{
    /// <summary>Absolute path, or relative to the bundle.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the container sees it read-only.</summary>
    public bool? Readonly { get; init; }
}
