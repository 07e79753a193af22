using Microsoft.Win32.SafeHandles;

namespace Ocid.Linux;

/// <summary>An owned file descriptor that is neither a regular file for .NET's streams nor a socket: a directory, an O_PATH handle, a pidfd, a namespace.</summary>
public sealed class FileDescriptor : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Takes ownership of a descriptor.</summary>
    /// <param name="fd">The number; it must have been opened O_CLOEXEC.</param>
    public FileDescriptor(int fd)
        : this(fd, ownsHandle: true)
    {
    }

    internal FileDescriptor(int fd, bool ownsHandle)
        : base(ownsHandle) => SetHandle(fd);

    internal int Number => (int)handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
