using Microsoft.Win32.SafeHandles;

namespace Ocid.Linux;

// openat2 and statx with their retries, shared by the two directory types.
internal static class OpenAt
{
    // openat2 says EAGAIN when something was renamed on the way through a "..": a hostile tree can make it say so for ever.
    private const int MostAttempts = 128;

    public static FileDescriptor Descriptor(int directory, UnixPath path, ulong flags, uint mode, ulong resolve, string target) =>
        new(Number(directory, path, flags, mode, resolve, target));

    public static SafeFileHandle File(int directory, UnixPath path, ulong flags, uint mode, ulong resolve, string target) =>
        new(Number(directory, path, flags, mode, resolve, target), ownsHandle: true);

    public static FileStatus? Status(SafeFileHandle file) => Status((int)file.DangerousGetHandle(), default, Libc.AT_EMPTY_PATH, "");

    public static FileStatus? Status(int directory, UnixPath path, int flags, string target) =>
        TryStatus(directory, path, flags, out var status) ? status : throw LinuxException.Last("statx", target);

    /// <summary>True with a status, or with none where nothing is; false with an errno.</summary>
    public static unsafe bool TryStatus(int directory, UnixPath path, int flags, out FileStatus? status)
    {
        Libc.statx_buffer found;
        fixed (byte* name = path.Terminated)
        {
            if (Libc.statx(directory, name, flags, Libc.STATX_BASIC_STATS, &found) < 0)
            {
                status = null;
                return Syscall.LastErrno is Errno.ENOENT;
            }
        }

        status = new FileStatus(
            (FileKind)(found.stx_mode & 0xF000),
            found.stx_mode & 0xFFFu,
            found.stx_uid,
            found.stx_gid,
            (long)found.stx_size,
            found.stx_nlink,
            new DeviceNumber(found.stx_dev_major, found.stx_dev_minor),
            found.stx_ino,
            new DeviceNumber(found.stx_rdev_major, found.stx_rdev_minor),
            new UnixTime(found.stx_mtime.tv_sec, (int)found.stx_mtime.tv_nsec),
            new UnixTime(found.stx_ctime.tv_sec, (int)found.stx_ctime.tv_nsec));
        return true;
    }

    private static int Number(int directory, UnixPath path, ulong flags, uint mode, ulong resolve, string target) =>
        TryOpen(directory, path, flags, mode, resolve) is var fd and >= 0 ? fd : throw LinuxException.Last("openat2", target);

    /// <summary>The new descriptor; negative with an errno.</summary>
    public static unsafe int TryOpen(int directory, UnixPath path, ulong flags, uint mode, ulong resolve)
    {
        var how = new Libc.open_how { flags = flags | Libc.O_CLOEXEC, mode = mode, resolve = resolve };
        fixed (byte* name = path.Terminated)
        {
            for (var attempt = 1; ; attempt++)
            {
                var fd = Libc.openat2(directory, name, how);
                if (fd >= 0 || Syscall.LastErrno is not (Errno.EINTR or Errno.EAGAIN) || attempt == MostAttempts)
                    return fd;
            }
        }
    }
}
