using Ocid.Linux;

namespace Ocid.Storage.Archive;

/// <summary>One entry of an archive, with what its extended headers say.</summary>
internal sealed record TarEntry
{
    /// <summary>The name as it is in the archive, not cleaned.</summary>
    public required UnixPath Name { get; init; }

    /// <summary>What it becomes; of a hard link, <see cref="FileKind.None"/>.</summary>
    public required FileKind Kind { get; init; }

    /// <summary>What a symbolic link says, or which entry a hard link repeats.</summary>
    public UnixPath LinkName { get; init; }

    /// <summary>The length of the content that follows.</summary>
    public long Size { get; init; }

    public uint Permissions { get; init; }

    public uint UserId { get; init; }

    public uint GroupId { get; init; }

    public DeviceNumber Device { get; init; }

    public UnixTime Modified { get; init; }

    public UnixTime Accessed { get; init; }

    public IReadOnlyList<KeyValuePair<UnixPath, byte[]>> Attributes { get; init; } = [];
}
