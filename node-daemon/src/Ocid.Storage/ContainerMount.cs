using Ocid.Linux.Namespaces;

namespace Ocid.Storage;

/// <summary>How a container's root file system is mounted.</summary>
public sealed record ContainerMount
{
    /// <summary>Nothing can be written to it. vfs mounts nothing and cannot keep anybody from writing.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whose its files are: the image's ids are taken for ids inside this user namespace; null for the host's. overlay needs Linux 5.19 for that.</summary>
    public PinnedUserNamespace? Users { get; init; }

    /// <summary>The SELinux label that all its files show; null for their own. vfs mounts nothing, and leaves them theirs.</summary>
    public string? Label { get; init; }
}
