namespace Ocid.Spec.Schema;

/// <summary>A rule of the device cgroup.</summary>
public sealed record LinuxDeviceRule
{
    /// <summary>Allow or deny.</summary>
    public required bool Allow { get; init; }

    /// <summary>a, b or c; all where null.</summary>
    public string? Type { get; init; }

    /// <summary>Major number; all where null.</summary>
    public long? Major { get; init; }

    /// <summary>Minor number; all where null.</summary>
    public long? Minor { get; init; }

    /// <summary>Any of r, w and m.</summary>
    public string? Access { get; init; }
}
