namespace Ocid.Spec.Schema;

/// <summary>A device node.</summary>
public sealed record LinuxDevice
{
    /// <summary>Absolute path inside the container.</summary>
    public required string Path { get; init; }

    /// <summary>c, b, u or p.</summary>
    public required string Type { get; init; }

    /// <summary>Major number.</summary>
    public long? Major { get; init; }

    /// <summary>Minor number.</summary>
    public long? Minor { get; init; }

    /// <summary>Permission bits.</summary>
    public uint? FileMode { get; init; }

    /// <summary>Owner.</summary>
    public uint? Uid { get; init; }

    /// <summary>Group.</summary>
    public uint? Gid { get; init; }
}
