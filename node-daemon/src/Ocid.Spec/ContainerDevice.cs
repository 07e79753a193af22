namespace Ocid.Spec;

/// <summary>A host device that a container gets.</summary>
public sealed record ContainerDevice
{
    /// <summary>Absolute path inside the container.</summary>
    public required string Path { get; init; }

    /// <summary>c or b.</summary>
    public required char Type { get; init; }

    /// <summary>Major number.</summary>
    public required long Major { get; init; }

    /// <summary>Minor number.</summary>
    public required long Minor { get; init; }

    /// <summary>Permission bits of the node.</summary>
    public uint FileMode { get; init; } = 0x1B6; // 0666

    /// <summary>Owner of the node, in ids of the container.</summary>
    public uint Uid { get; init; }

    /// <summary>Group of the node, in ids of the container.</summary>
    public uint Gid { get; init; }

    /// <summary>What the container may do: any of r, w and m.</summary>
    public string Access { get; init; } = "rwm";
}
