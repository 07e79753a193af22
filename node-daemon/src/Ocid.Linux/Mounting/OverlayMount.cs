namespace Ocid.Linux.Mounting;

/// <summary>An overlay to mount. Paths may be relative to <see cref="Directory"/>.</summary>
public sealed record OverlayMount
{
    /// <summary>Where relative paths begin; short relative ones are what fits more layers into mount(2)'s one page.</summary>
    public required string Directory { get; init; }

    /// <summary>Where it becomes visible, an existing directory.</summary>
    public required string Target { get; init; }

    /// <summary>The read-only layers, topmost first; at least one.</summary>
    public required IReadOnlyList<string> Lower { get; init; }

    /// <summary>The writable layer; null makes the mount read-only.</summary>
    public string? Upper { get; init; }

    /// <summary>The work directory, on the file system of <see cref="Upper"/>.</summary>
    public string? Work { get; init; }

    /// <summary>Flags of the mount, such as nodev.</summary>
    public MountOptions Flags { get; init; }

    /// <summary>Options of overlayfs itself: <c>name</c> or <c>name=value</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The SELinux label that all files show; null for their own.</summary>
    public string? Label { get; init; }
}
