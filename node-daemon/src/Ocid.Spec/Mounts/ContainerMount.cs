using Ocid.Spec.Schema;

namespace Ocid.Spec.Mounts;

/// <summary>A host path that a container sees.</summary>
public sealed record ContainerMount
{
    /// <summary>Absolute host path, symbolic links resolved.</summary>
    public required string Source { get; init; }

    /// <summary>Absolute path inside the container.</summary>
    public required string Destination { get; init; }

    /// <summary>Whether the container sees it read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether the mounts below it are read-only too; needs <see cref="ReadOnly"/> and <see cref="MountPropagation.Private"/>.</summary>
    public bool RecursiveReadOnly { get; init; }

    /// <summary>Propagation.</summary>
    public MountPropagation Propagation { get; init; } = MountPropagation.Private;

    /// <summary>Further options, for example nosuid or noexec.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>User ids of an id-mapped mount.</summary>
    public IReadOnlyList<LinuxIdMapping> UidMappings { get; init; } = [];

    /// <summary>Group ids of an id-mapped mount.</summary>
    public IReadOnlyList<LinuxIdMapping> GidMappings { get; init; } = [];
}
