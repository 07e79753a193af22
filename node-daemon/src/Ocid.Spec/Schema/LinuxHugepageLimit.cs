namespace Ocid.Spec.Schema;

/// <summary>A limit on huge pages of one size.</summary>
public sealed record LinuxHugepageLimit
{
    /// <summary>For example 2MB.</summary>
    public required string PageSize { get; init; }

    /// <summary>Bytes.</summary>
    public required ulong Limit { get; init; }
}
