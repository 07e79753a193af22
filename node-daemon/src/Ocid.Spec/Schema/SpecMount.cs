namespace Ocid.Spec.Schema;

/// <summary>One mount inside the container.</summary>
public sealed record SpecMount
{
    /// <summary>Absolute path inside the container.</summary>
    public required string Destination { get; init; }

    /// <summary>File system type; ignored for bind mounts.</summary>
    public string? Type { get; init; }

    /// <summary>What is mounted: a host path for bind mounts.</summary>
    public string? Source { get; init; }

    /// <summary>Options as mount(8) writes them, plus bind, rbind, propagation and recursive ones.</summary>
    public IReadOnlyList<string>? Options { get; init; }

    /// <summary>User ids of an id-mapped mount.</summary>
    public IReadOnlyList<LinuxIdMapping>? UidMappings { get; init; }

    /// <summary>Group ids of an id-mapped mount.</summary>
    public IReadOnlyList<LinuxIdMapping>? GidMappings { get; init; }
}
