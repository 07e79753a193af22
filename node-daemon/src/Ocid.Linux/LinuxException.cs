using System.Runtime.InteropServices;
using Ocid.Primitives;

namespace Ocid.Linux;

/// <summary>A system call that failed. The message is <c>call path: text of the errno</c>.</summary>
/// <param name="call">The system call, for example <c>mount</c>.</param>
/// <param name="target">What it was called on: a path, or null.</param>
/// <param name="errno">The error number.</param>
public sealed class LinuxException(string call, string? target, Errno errno)
    : OcidException(KindOf(errno), $"{call}{(target is null ? "" : " " + target)}: {Libc.strerror((int)errno)}")
{
    /// <summary>The error number.</summary>
    public Errno Errno { get; } = errno;

    /// <summary>The exception for the call that just set errno on this thread.</summary>
    internal static LinuxException Last(string call, string? target = null) => new(call, target, (Errno)Marshal.GetLastPInvokeError());

    private static ErrorKind KindOf(Errno errno) => errno switch
    {
        Errno.ENOENT or Errno.ESRCH => ErrorKind.NotFound,
        Errno.EEXIST => ErrorKind.AlreadyExists,
        Errno.EPERM or Errno.EACCES => ErrorKind.PermissionDenied,
        Errno.ENOSPC or Errno.EDQUOT or Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM => ErrorKind.ResourceExhausted,
        Errno.EBUSY => ErrorKind.FailedPrecondition,
        Errno.EOPNOTSUPP or Errno.ENOSYS => ErrorKind.Unimplemented,
        _ => ErrorKind.Internal,
    };
}
