namespace Ocid.Spec.Schema;

/// <summary>A resource limit.</summary>
public sealed record ProcessRlimit
{
    /// <summary>RLIMIT_ name.</summary>
    public required string Type { get; init; }

    /// <summary>The limit in force.</summary>
    public required ulong Soft { get; init; }

    /// <summary>The ceiling of the soft limit.</summary>
    public required ulong Hard { get; init; }
}
