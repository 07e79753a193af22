namespace Ocid.Spec.Schema;

/// <summary>A range of ids in a user namespace.</summary>
public sealed record LinuxIdMapping
{
    /// <summary>First id inside.</summary>
    public required uint ContainerID { get; init; }

    /// <summary>First id outside.</summary>
    public required uint HostID { get; init; }

    /// <summary>How many.</summary>
    public required uint Size { get; init; }
}
