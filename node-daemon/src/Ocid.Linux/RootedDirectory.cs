using Microsoft.Win32.SafeHandles;
using Ocid.Primitives;

namespace Ocid.Linux;

/// <summary>
/// A directory tree whose inside may be hostile: a root file system or a layer. Every path, with every <c>..</c> and every
/// symbolic link on its way, is resolved by the kernel as though this directory were <c>/</c>, so nothing that an image
/// or a container put there leads outside, at no moment.
/// </summary>
/// <remarks>https://man7.org/linux/man-pages/man2/openat2.2.html, RESOLVE_IN_ROOT</remarks>
public sealed class RootedDirectory : IDisposable
{
    private const ulong Confined = Libc.RESOLVE_IN_ROOT | Libc.RESOLVE_NO_MAGICLINKS;

    private readonly FileDescriptor _root;
    private readonly string _path;

    private RootedDirectory(FileDescriptor root, string path) => (_root, _path) = (root, path);

    /// <summary>Opens the directory that becomes the root. This path itself is trusted.</summary>
    /// <exception cref="LinuxException">It is no directory.</exception>
    public static RootedDirectory Open(string path) =>
        new(OpenAt.Descriptor(Libc.AT_FDCWD, path, Libc.O_PATH | Libc.O_DIRECTORY, 0, 0, path), path);

    /// <summary>Opens a directory inside.</summary>
    /// <exception cref="LinuxException">NotFound, or not a directory.</exception>
    public OpenDirectory OpenDirectory(UnixPath path) =>
        new(OpenAt.Descriptor(_root.Number, Within(path), Libc.O_DIRECTORY, 0, Confined, Named(path)), Named(path));

    /// <summary>Opens a directory inside, after making it and those above it where they do not exist.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="permissions">For each that is made, whatever the umask.</param>
    public OpenDirectory CreateDirectories(UnixPath path, uint permissions = 0x1ED /* 0755 */)
    {
        try
        {
            return OpenDirectory(path);
        }
        catch (LinuxException absent) when (absent.Errno == Errno.ENOENT && path.Split().Name.Bytes.Length > 0)
        {
            var (parentPath, name) = path.Split();
            using var parent = CreateDirectories(parentPath, permissions);
            if (parent.Status(name) is null)
            {
                parent.CreateDirectory(name);
                parent.SetPermissions(name, permissions);
            }

            return OpenDirectory(path);
        }
    }

    /// <summary>Opens a regular file inside for reading. A pipe or a device found there is refused, not waited for.</summary>
    /// <exception cref="LinuxException">NotFound, or the path cannot be resolved.</exception>
    /// <exception cref="OcidException">FailedPrecondition: it is no regular file.</exception>
    public SafeFileHandle OpenFile(UnixPath path)
    {
        var file = OpenAt.File(_root.Number, Within(path), Libc.O_NONBLOCK, 0, Confined, Named(path));
        if (OpenAt.Status(file)?.Kind == FileKind.Regular)
            return file;

        file.Dispose();
        throw new OcidException(ErrorKind.FailedPrecondition, $"open {Named(path)}: not a regular file");
    }

    /// <summary>The content of a regular file inside, or null where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <exception cref="OcidException">ResourceExhausted: it is longer than the limit. FailedPrecondition: it is no regular file.</exception>
    public byte[]? ReadFile(UnixPath path, int limit)
    {
        try
        {
            using var file = OpenFile(path);
            var content = new byte[checked((int)Math.Min(RandomAccess.GetLength(file), (long)limit + 1))];
            var length = 0;
            while (length < content.Length && RandomAccess.Read(file, content.AsSpan(length), length) is var read and > 0)
                length += read;
            return length > limit
                ? throw new OcidException(ErrorKind.ResourceExhausted, $"read {Named(path)}: longer than {limit} bytes")
                : content[..length];
        }
        catch (LinuxException absent) when (absent.Errno is Errno.ENOENT or Errno.ENOTDIR)
        {
            return null;
        }
    }

    /// <summary>Makes sure that a file is there to be mounted on: an empty one, with the directories above it, where nothing is.</summary>
    public void EnsureFile(UnixPath path, uint permissions = 0x1A4 /* 0644 */)
    {
        CreateDirectories(path.Split().Parent).Dispose();
        if (Status(path) is null)
            OpenAt.File(_root.Number, Within(path), Libc.O_CREAT | Libc.O_WRONLY | Libc.O_NONBLOCK, permissions, Confined, Named(path)).Dispose();
    }

    /// <summary>What is at the path, symbolic links followed; null where nothing is.</summary>
    public FileStatus? Status(UnixPath path)
    {
        try
        {
            using var found = OpenAt.Descriptor(_root.Number, Within(path), Libc.O_PATH, 0, Confined, Named(path));
            return OpenAt.Status(found.Number, default, Libc.AT_EMPTY_PATH, Named(path));
        }
        catch (LinuxException absent) when (absent.Errno is Errno.ENOENT or Errno.ENOTDIR)
        {
            return null;
        }
    }

    /// <summary>Shows at a path of the host what is at a path inside, and no mount below it.</summary>
    /// <param name="path">A directory or a file.</param>
    /// <param name="target">What exists and is of the same kind; this path is trusted.</param>
    /// <exception cref="LinuxException">NotFound, or mount(2) failed.</exception>
    public void BindTo(UnixPath path, string target)
    {
        using var found = OpenAt.Descriptor(_root.Number, Within(path), Libc.O_PATH, 0, Confined, Named(path));
        Mounting.Mounts.Bind($"/proc/self/fd/{found.Number}", target);
    }

    /// <inheritdoc/>
    public void Dispose() => _root.Dispose();

    // The kernel refuses an empty path; here it means the root itself.
    private static UnixPath Within(UnixPath path) => path.Bytes.IsEmpty ? "." : path;

    private string Named(UnixPath path) => path.Bytes.IsEmpty ? _path : $"{_path}/{Quoted.Text(path.ToString())}";
}
