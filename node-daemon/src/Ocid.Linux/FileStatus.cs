namespace Ocid.Linux;

/// <summary>What the kernel knows about a file.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Permissions">The twelve permission bits.</param>
/// <param name="UserId">Its owner.</param>
/// <param name="GroupId">Its group.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="Device">The device that holds it.</param>
/// <param name="Inode">Its number on that device.</param>
/// <param name="NodeDevice">For a device node, the device that it stands for.</param>
/// <param name="Modified">When its content last changed.</param>
/// <param name="Changed">When its content or its inode last changed; no program can set it.</param>
public sealed record FileStatus(
    FileKind Kind,
    uint Permissions,
    uint UserId,
    uint GroupId,
    long Size,
    uint Links,
    DeviceNumber Device,
    ulong Inode,
    DeviceNumber NodeDevice,
    UnixTime Modified,
    UnixTime Changed)
{
    /// <summary>What is at a trusted path, a symbolic link followed; null where nothing is.</summary>
    /// <exception cref="LinuxException">The path cannot be looked at.</exception>
    public static FileStatus? Of(string path) =>
        OpenAt.TryStatus(Libc.AT_FDCWD, path, 0, out var status) || Syscall.LastErrno is Errno.ENOTDIR ? status : throw LinuxException.Last("statx", path);
}
