using Microsoft.Win32.SafeHandles;

namespace Ocid.Linux;

/// <summary>A regular file just made, to be written from front to back and then described, all by its descriptor: no name is looked up again.</summary>
public sealed class NewFile : IDisposable
{
    private readonly FileDescriptor _file;
    private readonly OpenDirectory _directory;
    private readonly UnixPath _name;

    internal NewFile(FileDescriptor file, OpenDirectory directory, UnixPath name) => (_file, _directory, _name) = (file, directory, name);

    /// <summary>Appends bytes.</summary>
    /// <exception cref="LinuxException">ResourceExhausted: the disk, or a quota, is full.</exception>
    public unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            fixed (byte* content = bytes)
            {
                var written = Libc.write(_file.Number, content, (nuint)bytes.Length);
                if (written >= 0)
                    bytes = bytes[(int)written..];
                else if (Syscall.LastErrno != Errno.EINTR)
                    throw Failed("write");
            }
        }
    }

    /// <summary>Appends the whole of another file: shared with it where the file system can (reflink), else copied in the kernel where it can.</summary>
    /// <exception cref="LinuxException">ResourceExhausted: the disk, or a quota, is full.</exception>
    public void CopyFrom(SafeFileHandle source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (Libc.ioctl_clone(_file.Number, Libc.FICLONE, (int)source.DangerousGetHandle()) == 0 || CopyInKernel(source))
            return;
        var buffer = new byte[256 * 1024];
        for (var offset = 0L; RandomAccess.Read(source, buffer, offset) is var length and > 0; offset += length)
            Write(buffer.AsSpan(0, length));
    }

    // False where the kernel cannot, which it says before the first byte.
    private unsafe bool CopyInKernel(SafeFileHandle source)
    {
        long offset = 0;
        while (true)
        {
            var copied = Libc.copy_file_range((int)source.DangerousGetHandle(), &offset, _file.Number, null, 1 << 30, 0);
            if (copied == 0)
                return offset == RandomAccess.GetLength(source);
            if (copied > 0 || Syscall.LastErrno == Errno.EINTR)
                continue;
            return offset == 0 && Syscall.LastErrno is not (Errno.ENOSPC or Errno.EDQUOT) ? false : throw Failed("copy_file_range");
        }
    }

    /// <summary>Sets owner and group; this clears the set-id bits and capabilities.</summary>
    public void SetOwner(uint userId, uint groupId) => Check(Libc.fchown(_file.Number, userId, groupId), "fchown");

    /// <summary>Sets the twelve permission bits.</summary>
    public void SetPermissions(uint permissions) => Check(Libc.fchmod(_file.Number, permissions & 0xFFF), "fchmod");

    /// <summary>Sets the times of last access and modification.</summary>
    public unsafe void SetTimes(UnixTime accessed, UnixTime modified)
    {
        var times = stackalloc Libc.timespec64[2];
        times[0] = new Libc.timespec64 { tv_sec = accessed.Seconds, tv_nsec = accessed.Nanoseconds };
        times[1] = new Libc.timespec64 { tv_sec = modified.Seconds, tv_nsec = modified.Nanoseconds };
        Check(Libc.futimens(_file.Number, times), "futimens");
    }

    /// <summary>Sets an extended attribute.</summary>
    public unsafe void SetAttribute(UnixPath attribute, ReadOnlySpan<byte> value)
    {
        fixed (byte* key = attribute.Terminated, content = value)
            Check(Libc.fsetxattr(_file.Number, key, content, (nuint)value.Length, 0), "fsetxattr");
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Check(int result, string call)
    {
        if (result < 0)
            throw Failed(call);
    }

    private LinuxException Failed(string call) => LinuxException.Last(call, _directory.Named(_name));
}
