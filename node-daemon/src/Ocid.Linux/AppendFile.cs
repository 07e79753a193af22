using System.Text;

namespace Ocid.Linux;

/// <summary>A file that is only appended to, whoever truncates it meanwhile. Writing may block.</summary>
public sealed class AppendFile : IDisposable
{
    private const ulong Flags = 0x1 | 0x40 | 0x400; // O_WRONLY | O_CREAT | O_APPEND
    private const int CurrentDirectory = -100;
    private const int TornAtMost = 128 * 1024;
    private const string NewSuffix = ".tmp";
    private readonly string _path;
    private FileDescriptor _file;

    private AppendFile(string path, long limit, FileDescriptor file) => (_path, Limit, _file) = (path, limit, file);

    /// <summary>How many bytes it may have: what goes beyond begins a new file in its place. 0 for no limit.</summary>
    public long Limit { get; }

    /// <summary>The open file, for a child to write to. Still owned by this object.</summary>
    public FileDescriptor OpenFile => _file;

    /// <summary>Opens or creates the file with mode 0640. A symbolic link in its place is refused.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">See <see cref="Limit"/>.</param>
    public static AppendFile Open(string path, long limit = 0) => new(path, limit, OpenDescriptor(path));

    /// <summary>Cuts off what follows the last newline: half a line that a killed writer left, and that comes again.</summary>
    public static void CutTornLine(string path)
    {
        if (!File.Exists(path) || File.GetAttributes(path) != FileAttributes.Normal)
            return;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(file);
        var tail = new byte[Math.Min(length, TornAtMost)];
        var read = RandomAccess.Read(file, tail, length - tail.Length);
        var newline = tail.AsSpan(0, read).LastIndexOf((byte)'\n');
        if (newline >= 0 || length <= TornAtMost)
            RandomAccess.SetLength(file, length - tail.Length + newline + 1);
    }

    /// <summary>Appends all of it, or as far as possible nothing.</summary>
    /// <exception cref="LinuxException">What kept it from being written; what of it was written is cut off again.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Limit > 0 && Libc.lseek_fd(_file, 0, 2) is var size and > 0 && size + bytes.Length > Limit)
            StartOver();
        var written = 0;
        try
        {
            while (written < bytes.Length && Descriptor.TryWrite(_file, bytes[written..], out var count))
                written += count;
        }
        catch (LinuxException) when (written > 0)
        {
            var end = Libc.lseek_fd(_file, 0, 2);
            if (end >= written)
                _ = Libc.ftruncate_fd(_file, end - written);
            throw;
        }
    }

    private static unsafe FileDescriptor OpenDescriptor(string path)
    {
        fixed (byte* start = Encoding.UTF8.GetBytes(path + '\0'))
        {
            var how = new Libc.open_how { flags = Flags | Libc.O_CLOEXEC | Libc.O_NOFOLLOW, mode = 0x1A0 };
            return new FileDescriptor(Syscall.Check(Libc.openat2(CurrentDirectory, start, how), "open", path));
        }
    }

    // Another file under the same name, so that who follows the log sees that it begins anew; who has the old one open can read it to its end.
    private void StartOver()
    {
        File.Delete(_path + NewSuffix);
        var file = OpenDescriptor(_path + NewSuffix);
        try
        {
            File.Move(_path + NewSuffix, _path, overwrite: true);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        _file.Dispose();
        _file = file;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
