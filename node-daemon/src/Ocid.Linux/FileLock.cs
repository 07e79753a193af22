using Microsoft.Win32.SafeHandles;

namespace Ocid.Linux;

/// <summary>
/// A lock on a whole file that excludes other processes and other holders in this one: an open file description lock, so
/// that closing another descriptor of the same file does not drop it. It excludes process-owned <c>fcntl</c> locks too.
/// </summary>
/// <remarks>https://man7.org/linux/man-pages/man2/F_OFD_SETLK.2const.html</remarks>
public sealed class FileLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file, string path) => (_file, Path) = (file, path);

    /// <summary>The locked file.</summary>
    public string Path { get; }

    /// <summary>Takes the lock when nobody is in the way, else returns null. The file is created (0644) if absent.</summary>
    /// <exception cref="LinuxException">The file cannot be opened or locked.</exception>
    public static FileLock? TryAcquire(string path, FileLockMode mode)
    {
        var file = Open(path);
        try
        {
            if (SetLock(file, mode, Libc.F_OFD_SETLK) < 0)
            {
                if (Syscall.LastErrno is not (Errno.EAGAIN or Errno.EACCES))
                    throw LinuxException.Last("lock", path);
                file.Dispose();
                return null;
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return new FileLock(file, path);
    }

    /// <summary>Takes the lock, waiting on a thread of its own. The file is created (0644) if absent.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">Shared or exclusive.</param>
    /// <param name="ct">Ends the wait; the kernel's own wait goes on behind it and gives the lock back at once.</param>
    /// <exception cref="LinuxException">The file cannot be opened or locked.</exception>
    public static async Task<FileLock> AcquireAsync(string path, FileLockMode mode, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (TryAcquire(path, mode) is { } free)
            return free;

        var waiting = OwnThread.RunAsync(() => Wait(path, mode), CancellationToken.None);
        try
        {
            return await waiting.WaitAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            _ = waiting.ContinueWith(
                static late => late.Result.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>The process that keeps others from the exclusive lock: null where none does, or where the kernel does not tell, as for a lock of this kind.</summary>
    /// <exception cref="LinuxException">The file cannot be opened.</exception>
    public static int? Holder(string path)
    {
        using var file = Open(path);
        var region = new Libc.flock_t { l_type = Libc.F_WRLCK };
        return Libc.fcntl_lock((int)file.DangerousGetHandle(), Libc.F_OFD_GETLK, ref region) == 0 && region.l_type != Libc.F_UNLCK && region.l_pid > 0 ? region.l_pid : null;
    }

    /// <summary>The first bytes of the locked file, at most <paramref name="limit"/>.</summary>
    public byte[] Read(int limit)
    {
        var buffer = new byte[limit];
        var length = RandomAccess.Read(_file, buffer, 0);
        return length == limit ? buffer : buffer[..length];
    }

    /// <summary>Overwrites the beginning of the locked file; not synced.</summary>
    public void Write(ReadOnlySpan<byte> content) => RandomAccess.Write(_file, content, 0);

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => _file.Dispose();

    private static FileLock Wait(string path, FileLockMode mode)
    {
        var file = Open(path);
        while (SetLock(file, mode, Libc.F_OFD_SETLKW) < 0)
        {
            if (Syscall.LastErrno == Errno.EINTR)
                continue;
            var failure = LinuxException.Last("lock", path);
            file.Dispose();
            throw failure;
        }

        return new FileLock(file, path);
    }

    // Not File.OpenHandle: that takes a flock(2) of its own where it is not told otherwise, and follows the umask.
    private static SafeFileHandle Open(string path)
    {
        int fd;
        while ((fd = Libc.open(path, Libc.O_RDWR | (int)(Libc.O_CREAT | Libc.O_CLOEXEC), 0b110_100_100)) < 0)
        {
            if (Syscall.LastErrno != Errno.EINTR)
                throw LinuxException.Last("open", path);
        }

        return new SafeFileHandle(fd, ownsHandle: true);
    }

    private static int SetLock(SafeFileHandle file, FileLockMode mode, int command)
    {
        var region = new Libc.flock_t { l_type = mode == FileLockMode.Shared ? Libc.F_RDLCK : Libc.F_WRLCK };
        return Libc.fcntl_lock((int)file.DangerousGetHandle(), command, ref region);
    }
}
