using Microsoft.Win32.SafeHandles;
using Ocid.Primitives;

namespace Ocid.Linux;

/// <summary>
/// An open directory and the calls on what is directly in it. Each takes one name, never a path, and none follows a symbolic
/// link, so what a hostile tree does to the path of this directory or to the name meanwhile changes nothing elsewhere.
/// </summary>
public sealed class OpenDirectory : IDisposable
{
    private readonly FileDescriptor _directory;
    private readonly string _path;

    internal OpenDirectory(FileDescriptor directory, string path) => (_directory, _path) = (directory, path);

    /// <summary>What has this name; null when nothing has.</summary>
    public FileStatus? Status(UnixPath name) =>
        OpenAt.TryStatus(_directory.Number, Checked(name), Libc.AT_SYMLINK_NOFOLLOW, out var status) ? status : throw LinuxException.Last("statx", Named(name));

    /// <summary>What this directory itself is.</summary>
    public FileStatus Status() => OpenAt.Status(_directory.Number, default, Libc.AT_EMPTY_PATH, _path) ?? throw LinuxException.Last("statx", _path);

    /// <summary>Opens a regular file for reading. A symbolic link is refused, and so is a pipe or a device, which is not waited for.</summary>
    /// <exception cref="LinuxException">NotFound, or a symbolic link.</exception>
    /// <exception cref="OcidException">FailedPrecondition: it is no regular file.</exception>
    public SafeFileHandle OpenFile(UnixPath name)
    {
        var file = OpenAt.File(_directory.Number, Checked(name), Libc.O_NONBLOCK | Libc.O_NOFOLLOW, 0, Libc.RESOLVE_NO_SYMLINKS, Named(name));
        if (OpenAt.Status(file)?.Kind == FileKind.Regular)
            return file;

        file.Dispose();
        throw new OcidException(ErrorKind.FailedPrecondition, $"open {Named(name)}: not a regular file");
    }

    /// <summary>Makes a new regular file, open for writing, that only its owner may read until <see cref="SetPermissions"/>.</summary>
    /// <exception cref="LinuxException">AlreadyExists.</exception>
    public NewFile CreateFile(UnixPath name)
    {
        const ulong Flags = Libc.O_CREAT | Libc.O_EXCL | Libc.O_WRONLY;
        var file = OpenAt.TryOpen(_directory.Number, Checked(name), Flags | Libc.O_NOFOLLOW, 0x180, Libc.RESOLVE_NO_SYMLINKS);
        return file >= 0 ? new NewFile(new FileDescriptor(file), this, name) : throw LinuxException.Last("openat2", Named(name));
    }

    /// <summary>Makes a new directory, mode 0700.</summary>
    public unsafe void CreateDirectory(UnixPath name)
    {
        fixed (byte* path = Checked(name).Terminated)
            Check(Libc.mkdirat(_directory.Number, path, 0x1C0), "mkdirat", name);
    }

    /// <summary>Makes a symbolic link; its target is any text.</summary>
    public unsafe void CreateSymbolicLink(UnixPath name, UnixPath target)
    {
        fixed (byte* path = Checked(name).Terminated, content = target.Terminated)
            Check(Libc.symlinkat(content, _directory.Number, path), "symlinkat", name);
    }

    /// <summary>What a symbolic link says.</summary>
    public unsafe UnixPath ReadSymbolicLink(UnixPath name)
    {
        var target = new byte[4096]; // PATH_MAX
        fixed (byte* path = Checked(name).Terminated, content = target)
            return new UnixPath(target.AsSpan(0, Syscall.Check((int)Libc.readlinkat(_directory.Number, path, content, (nuint)target.Length), "readlinkat", Named(name))));
    }

    /// <summary>Makes a fifo or a device node, mode 0600.</summary>
    public unsafe void CreateNode(UnixPath name, FileKind kind, DeviceNumber device = default)
    {
        fixed (byte* path = Checked(name).Terminated)
            Check(Libc.mknodat(_directory.Number, path, (uint)kind | 0x180, device.Encoded), "mknodat", name);
    }

    /// <summary>Gives a file of another open directory a second name here. A symbolic link is linked itself.</summary>
    public unsafe void CreateHardLink(UnixPath name, OpenDirectory targetDirectory, UnixPath targetName)
    {
        fixed (byte* path = Checked(name).Terminated, target = Checked(targetName).Terminated)
            targetDirectory.Check(Libc.linkat(targetDirectory._directory.Number, target, _directory.Number, path, 0), "linkat", targetName);
    }

    /// <summary>Sets owner and group; on a file this clears the set-id bits and capabilities.</summary>
    public unsafe void SetOwner(UnixPath name, uint userId, uint groupId)
    {
        fixed (byte* path = Checked(name).Terminated)
            Check(Libc.fchownat(_directory.Number, path, userId, groupId, Libc.AT_SYMLINK_NOFOLLOW), "fchownat", name);
    }

    /// <summary>Sets the twelve permission bits of what is no symbolic link.</summary>
    public unsafe void SetPermissions(UnixPath name, uint permissions)
    {
        fixed (byte* path = Checked(name).Terminated)
            Check(Libc.fchmodat(_directory.Number, path, permissions & 0xFFF, Libc.AT_SYMLINK_NOFOLLOW), "fchmodat", name);
    }

    /// <summary>Sets the times of last access and modification.</summary>
    public unsafe void SetTimes(UnixPath name, UnixTime accessed, UnixTime modified)
    {
        var times = stackalloc Libc.timespec64[2];
        times[0] = new Libc.timespec64 { tv_sec = accessed.Seconds, tv_nsec = accessed.Nanoseconds };
        times[1] = new Libc.timespec64 { tv_sec = modified.Seconds, tv_nsec = modified.Nanoseconds };
        fixed (byte* path = Checked(name).Terminated)
            Check(Libc.utimensat(_directory.Number, path, times, Libc.AT_SYMLINK_NOFOLLOW), "utimensat", name);
    }

    /// <summary>Sets an extended attribute.</summary>
    public void SetAttribute(UnixPath name, UnixPath attribute, ReadOnlySpan<byte> value) => SetAttributeAt(Checked(name), attribute, value);

    /// <summary>Sets an extended attribute of the directory itself.</summary>
    public void SetAttribute(UnixPath attribute, ReadOnlySpan<byte> value) => SetAttributeAt(".", attribute, value);

    /// <summary>The value of an extended attribute; null when there is none.</summary>
    public byte[]? GetAttribute(UnixPath name, UnixPath attribute) => GetAttributeAt(Checked(name), attribute);

    /// <summary>The value of an extended attribute of the directory itself; null when there is none.</summary>
    public byte[]? GetAttribute(UnixPath attribute) => GetAttributeAt(".", attribute);

    /// <summary>The names of the extended attributes of what has this name.</summary>
    public unsafe IReadOnlyList<UnixPath> AttributeNames(UnixPath name)
    {
        var list = new byte[65536]; // XATTR_LIST_MAX
        fixed (byte* path = ThroughProc(Checked(name)).Terminated, names = list)
        {
            var length = Libc.llistxattr(path, names, (nuint)list.Length);
            if (length < 0 && Syscall.LastErrno is Errno.EOPNOTSUPP)
                return [];
            var found = new List<UnixPath>();
            for (var left = list.AsSpan(0, Syscall.Check((int)length, "llistxattr", Named(name))); !left.IsEmpty; left = left[(left.IndexOf((byte)0) + 1)..])
                found.Add(new UnixPath(left[..left.IndexOf((byte)0)]));
            return found;
        }
    }

    /// <summary>Takes an extended attribute away. One that is not there is no error.</summary>
    public unsafe void RemoveAttribute(UnixPath name, UnixPath attribute)
    {
        fixed (byte* path = ThroughProc(Checked(name)).Terminated, key = attribute.Terminated)
        {
            if (Libc.lremovexattr(path, key) < 0 && Syscall.LastErrno is not (Errno.ENODATA or Errno.EOPNOTSUPP))
                throw LinuxException.Last("lremovexattr", Named(name));
        }
    }

    /// <summary>Moves what has this name to another open directory of the same file system, in the place of what is no directory there.</summary>
    public unsafe void Move(UnixPath name, OpenDirectory targetDirectory, UnixPath targetName)
    {
        fixed (byte* path = Checked(name).Terminated, target = Checked(targetName).Terminated)
            Check(Libc.renameat(_directory.Number, path, targetDirectory._directory.Number, target), "renameat", name);
    }

    /// <summary>Removes what has this name, with all below it. Nothing there is no error.</summary>
    public void Remove(UnixPath name)
    {
        if (Unlink(name, 0) is not Errno.EISDIR)
            return;

        using (var doomed = OpenChild(name))
        {
            foreach (var child in doomed.Names())
                doomed.Remove(child);
        }

        Unlink(name, Libc.AT_REMOVEDIR);
    }

    /// <summary>Opens a directory in this one.</summary>
    public OpenDirectory OpenChild(UnixPath name) =>
        new(OpenAt.Descriptor(_directory.Number, Checked(name), Libc.O_DIRECTORY | Libc.O_NOFOLLOW, 0, Libc.RESOLVE_NO_SYMLINKS, Named(name)), Named(name));

    /// <summary>Every name in the directory, in the file system's order. Once for each opening.</summary>
    public unsafe IReadOnlyList<UnixPath> Names()
    {
        const int NameOffset = 19; // struct linux_dirent64
        var names = new List<UnixPath>();
        var buffer = new byte[32768];
        fixed (byte* entries = buffer)
        {
            while (Syscall.Check((int)Libc.getdents64(_directory.Number, entries, (nuint)buffer.Length), "getdents64", _path) is var length and > 0)
            {
                for (var at = 0; at < length; at += BitConverter.ToUInt16(buffer, at + 16))
                {
                    var name = buffer.AsSpan(at + NameOffset);
                    name = name[..name.IndexOf((byte)0)];
                    if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                        names.Add(new UnixPath(name));
                }
            }
        }

        return names;
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    private unsafe void SetAttributeAt(UnixPath name, UnixPath attribute, ReadOnlySpan<byte> value)
    {
        fixed (byte* path = ThroughProc(name).Terminated, key = attribute.Terminated, content = value)
            Syscall.Check(Libc.lsetxattr(path, key, content, (nuint)value.Length, 0), "lsetxattr", $"{Named(name)} {Quoted.Text(attribute.ToString())}");
    }

    private unsafe byte[]? GetAttributeAt(UnixPath name, UnixPath attribute)
    {
        var value = new byte[65536]; // XATTR_SIZE_MAX
        fixed (byte* path = ThroughProc(name).Terminated, key = attribute.Terminated, content = value)
        {
            var length = Libc.lgetxattr(path, key, content, (nuint)value.Length);
            if (length < 0 && Syscall.LastErrno is Errno.ENODATA or Errno.EOPNOTSUPP)
                return null;
            return value[..Syscall.Check((int)length, "lgetxattr", Named(name))];
        }
    }

    private unsafe Errno Unlink(UnixPath name, int flags)
    {
        fixed (byte* path = Checked(name).Terminated)
        {
            if (Libc.unlinkat(_directory.Number, path, flags) == 0 || Syscall.LastErrno is Errno.ENOENT)
                return Errno.None;
            if (flags == 0 && Syscall.LastErrno is Errno.EISDIR)
                return Errno.EISDIR;
            throw LinuxException.Last("unlinkat", Named(name));
        }
    }

    // There are no f*xattrat calls before Linux 6.13; the magic link of the open directory takes their place.
    private UnixPath ThroughProc(UnixPath name) =>
        new([.. System.Text.Encoding.ASCII.GetBytes($"/proc/self/fd/{_directory.Number}/"), .. name.Bytes]);

    private UnixPath Checked(UnixPath name) =>
        name.Bytes.IsEmpty || name.Bytes.Contains((byte)'/') || name.Bytes.SequenceEqual("."u8) || name.Bytes.SequenceEqual(".."u8)
            ? throw new OcidException(ErrorKind.InvalidArgument, $"file name {Quoted.Text(name.ToString())} in {_path}: want one component")
            : name;

    // The text is made of what failed only: there are several calls for each of a hundred thousand files.
    private void Check(int result, string call, UnixPath name)
    {
        if (result < 0)
            throw LinuxException.Last(call, Named(name));
    }

    internal string Named(UnixPath name) => $"{_path}/{Quoted.Text(name.ToString())}";
}
