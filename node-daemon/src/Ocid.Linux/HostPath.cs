using System.Runtime.InteropServices;

namespace Ocid.Linux;

/// <summary>Paths of the host's own tree, which nothing hostile writes.</summary>
public static class HostPath
{
    private const int LongestPath = 4096;

    /// <summary>The absolute path without symbolic links, <c>.</c> or <c>..</c>.</summary>
    /// <exception cref="LinuxException">NotFound: something on the way does not exist.</exception>
    /// <remarks>https://man7.org/linux/man-pages/man3/realpath.3.html</remarks>
    public static unsafe string Resolve(string path)
    {
        var buffer = stackalloc byte[LongestPath];
        return Libc.realpath(path, buffer) is null
            ? throw LinuxException.Last("realpath", path)
            : Marshal.PtrToStringUTF8((nint)buffer)!;
    }

    /// <summary>What is at a path, at the end of symbolic links; null where nothing is.</summary>
    /// <exception cref="LinuxException">The path cannot be followed.</exception>
    public static FileStatus? Status(string path) => OpenAt.Status(Libc.AT_FDCWD, path, 0, path);
}
