namespace Ocid.Spec.Schema;

/// <summary>Number of tasks.</summary>
public sealed record LinuxPids
{
    /// <summary>The limit; 0 and below is none.</summary>
    public required long Limit { get; init; }
}
