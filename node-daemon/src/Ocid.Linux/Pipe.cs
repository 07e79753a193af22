namespace Ocid.Linux;

/// <summary>The two ends of a pipe, both closed on exec and both blocking.</summary>
/// <param name="Reader">The end to read from.</param>
/// <param name="Writer">The end to write to.</param>
public readonly record struct Pipe(FileDescriptor Reader, FileDescriptor Writer) : IDisposable
{
    /// <summary>A new pipe of the kernel's usual 64 KiB.</summary>
    public static unsafe Pipe Create()
    {
        var ends = stackalloc int[2];
        Syscall.Check(Libc.pipe2(ends, (int)Libc.O_CLOEXEC), "pipe2");
        return new Pipe(new FileDescriptor(ends[0]), new FileDescriptor(ends[1]));
    }

    /// <summary>
    /// A new pipe for a container's standard stream. Its program may open <c>/dev/stdout</c> again whatever user it runs as: of a user namespace no runtime can
    /// give the pipe to it.
    /// </summary>
    public static Pipe CreateForContainer()
    {
        var pipe = Create();
        Syscall.Check(Libc.fchmod(pipe.Writer.Number, 0x1B6 /* 0666 */), "fchmod");
        return pipe;
    }

    /// <summary>Copies what is in one pipe to another and leaves it there.</summary>
    /// <param name="from">The end to read from.</param>
    /// <param name="to">The end to write to, of a pipe that is empty.</param>
    /// <param name="limit">At most so many bytes.</param>
    /// <param name="count">The bytes copied; 0 when the pipe is empty and has no writer.</param>
    /// <returns>False when the pipe is empty now.</returns>
    public static bool TryTee(FileDescriptor from, FileDescriptor to, int limit, out int count)
    {
        while (true)
        {
            count = (int)Libc.tee(from, to, (nuint)limit, Libc.SPLICE_F_NONBLOCK);
            if (count >= 0)
                return true;
            var errno = Syscall.LastErrno;
            if (errno == Errno.EINTR)
                continue;
            count = 0;
            return errno == Errno.EAGAIN ? false : throw LinuxException.Last("tee");
        }
    }

    /// <summary>Moves bytes that are known to be there from a pipe to a sink, without copying them.</summary>
    /// <param name="from">The end to read from.</param>
    /// <param name="to">A pipe, or /dev/null.</param>
    /// <param name="count">How many.</param>
    public static unsafe void Splice(FileDescriptor from, FileDescriptor to, int count)
    {
        while (count > 0)
        {
            var moved = (int)Libc.splice(from, null, to, null, (nuint)count, Libc.SPLICE_F_NONBLOCK);
            if (moved > 0)
                count -= moved;
            else if (moved == 0)
                return;
            else if (Syscall.LastErrno != Errno.EINTR)
                throw LinuxException.Last("splice");
        }
    }

    /// <summary>Asks for another capacity; the kernel may refuse, and then the pipe stays as it is.</summary>
    public void TryResize(int bytes) => _ = Libc.fcntl_int(Writer, Libc.F_SETPIPE_SZ, bytes);

    /// <summary>Closes both ends.</summary>
    public void Dispose()
    {
        Reader.Dispose();
        Writer.Dispose();
    }
}
