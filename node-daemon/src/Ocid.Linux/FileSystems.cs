using Microsoft.Win32.SafeHandles;

namespace Ocid.Linux;

/// <summary>Calls on a whole file system. They block.</summary>
public static class FileSystems
{
    /// <summary>The usage of the file system that holds <paramref name="path"/>.</summary>
    /// <exception cref="LinuxException">The path cannot be reached.</exception>
    public static FileSystemUsage Usage(string path)
    {
        Syscall.Check(Libc.statfs(path, out var found), "statfs", path);
        var block = (ulong)(found.f_frsize > 0 ? found.f_frsize : found.f_bsize);
        return new FileSystemUsage(
            found.f_type, found.f_blocks * block, found.f_bfree * block, found.f_bavail * block, found.f_files, found.f_ffree);
    }

    /// <summary>Writes everything of the file system that holds <paramref name="path"/> to its device.</summary>
    /// <exception cref="LinuxException">The path cannot be opened, or data could not be written.</exception>
    public static void Sync(string path)
    {
        using var directory = Open(path);
        Syscall.Check(Libc.syncfs((int)directory.DangerousGetHandle()), "syncfs", path);
    }

    /// <summary>Makes the names in a directory durable.</summary>
    /// <exception cref="LinuxException">The path cannot be opened, or the directory could not be written.</exception>
    public static void SyncDirectory(string path)
    {
        using var directory = Open(path);
        Syscall.Check(Libc.fsync((int)directory.DangerousGetHandle()), "fsync", path);
    }

    /// <summary>Whether something failed because a disk, or somebody's share of it, is full.</summary>
    public static bool IsFull(Exception failure) => failure is
        LinuxException { Errno: Errno.ENOSPC or Errno.EDQUOT } or IOException { HResult: (int)Errno.ENOSPC or (int)Errno.EDQUOT };

    private static SafeFileHandle Open(string path) =>
        new(Syscall.Check(Libc.open(path, (int)Libc.O_CLOEXEC, 0), "open", path), ownsHandle: true);
}
