namespace Ocid.Linux;

/// <summary>Reading and writing of descriptors that may not be ready. EINTR is retried.</summary>
public static class Descriptor
{
    /// <summary>Reads what is there.</summary>
    /// <param name="descriptor">A pipe, terminal or file.</param>
    /// <param name="buffer">Where to.</param>
    /// <param name="count">The bytes read; 0 at the end.</param>
    /// <returns>False when there is nothing to read now.</returns>
    public static unsafe bool TryRead(FileDescriptor descriptor, Span<byte> buffer, out int count)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                count = (int)Libc.read_fd(descriptor, start, (nuint)buffer.Length);
                if (count >= 0)
                    return true;
                switch (Syscall.LastErrno)
                {
                    case Errno.EINTR:
                        continue;
                    case Errno.EAGAIN:
                        count = 0;
                        return false;
                    case Errno.EIO: // what a terminal's master says when its last slave is closed
                        count = 0;
                        return true;
                    default:
                        throw LinuxException.Last("read");
                }
            }
        }
    }

    /// <summary>Writes what fits.</summary>
    /// <param name="descriptor">A pipe, terminal or file.</param>
    /// <param name="bytes">What to write.</param>
    /// <param name="count">How much of it was written.</param>
    /// <returns>False when nothing can be written now.</returns>
    /// <exception cref="LinuxException">EPIPE: nobody reads; ENOSPC: the disk is full.</exception>
    public static unsafe bool TryWrite(FileDescriptor descriptor, ReadOnlySpan<byte> bytes, out int count)
    {
        fixed (byte* start = bytes)
        {
            while (true)
            {
                count = (int)Libc.write_fd(descriptor, start, (nuint)bytes.Length);
                if (count >= 0)
                    return true;
                switch (Syscall.LastErrno)
                {
                    case Errno.EINTR:
                        continue;
                    case Errno.EAGAIN:
                        count = 0;
                        return false;
                    default:
                        throw LinuxException.Last("write");
                }
            }
        }
    }

    /// <summary>Makes reads and writes of the open file return at once.</summary>
    public static void SetNonBlocking(FileDescriptor descriptor)
    {
        var flags = Syscall.Check(Libc.fcntl_int(descriptor, Libc.F_GETFL, 0), "fcntl F_GETFL");
        Syscall.Check(Libc.fcntl_int(descriptor, Libc.F_SETFL, flags | (int)Libc.O_NONBLOCK), "fcntl F_SETFL");
    }

    /// <summary>Another descriptor of the same open file, closed on exec.</summary>
    public static FileDescriptor Duplicate(FileDescriptor descriptor) => DuplicateFrom(descriptor, 3);

    /// <summary>Another descriptor of this process's standard error, to give to a child.</summary>
    public static FileDescriptor DuplicateStandardError()
    {
        using var own = new FileDescriptor(2, ownsHandle: false);
        return Duplicate(own);
    }

    /// <summary><c>/dev/null</c>, to read and to write.</summary>
    public static FileDescriptor OpenNull()
    {
        using var file = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        using var borrowed = new FileDescriptor((int)file.DangerousGetHandle());
        try
        {
            return Duplicate(borrowed);
        }
        finally
        {
            borrowed.SetHandleAsInvalid();
        }
    }

    internal static FileDescriptor DuplicateFrom(FileDescriptor descriptor, int lowest) =>
        new(Syscall.Check(Libc.fcntl_int(descriptor, Libc.F_DUPFD_CLOEXEC, lowest), "fcntl F_DUPFD_CLOEXEC"));

    internal static void SetCloseOnExec(FileDescriptor descriptor, bool close) =>
        Syscall.Check(Libc.fcntl_int(descriptor, Libc.F_SETFD, close ? Libc.FD_CLOEXEC : 0), "fcntl F_SETFD");
}
