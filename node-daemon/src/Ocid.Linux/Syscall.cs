using System.Runtime.InteropServices;

namespace Ocid.Linux;

// The loop around every call: EINTR is retried here, errno becomes an exception here, so that no caller sees either.
internal static class Syscall
{
    public static int Check(int result, string call, string? target = null) =>
        result >= 0 ? result : throw LinuxException.Last(call, target);

    public static nint Retry<TState>(TState state, Func<TState, nint> call, string name, string? target = null)
    {
        while (true)
        {
            var result = call(state);
            if (result >= 0)
                return result;
            if ((Errno)Marshal.GetLastPInvokeError() != Errno.EINTR)
                throw LinuxException.Last(name, target);
        }
    }

    public static Errno LastErrno => (Errno)Marshal.GetLastPInvokeError();
}
