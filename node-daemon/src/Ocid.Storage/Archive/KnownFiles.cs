using System.Buffers.Binary;
using System.Security.Cryptography;
using Ocid.Linux;

namespace Ocid.Storage.Archive;

/// <summary>
/// The names that a layer's entries account for, by directory and name: an entry may reach its directory through a symbolic link. A layer can have
/// millions; sixteen bytes of each are kept.
/// </summary>
internal sealed class KnownFiles(string diffPath) : IDisposable
{
    private readonly LayerFiles _files = new(diffPath);
    private readonly HashSet<Int128> _names = [];
    private readonly HashSet<UnixPath> _directories = [];
    private (OpenDirectory? Directory, ulong Inode) _last;

    public void Add(OpenDirectory directory, UnixPath name) => _names.Add(Fingerprint(directory, name));

    public bool Contains(OpenDirectory directory, UnixPath name) => _names.Contains(Fingerprint(directory, name));

    /// <summary>The directories on the way to a file need no entry of their own.</summary>
    public void AddAncestors(UnixPath path)
    {
        var (parent, _) = path.Split();
        if (parent.Bytes.IsEmpty || !_directories.Add(parent))
            return;
        AddAncestors(parent);
        var (above, name) = parent.Split();
        if (_files.Directory(above) is { } directory)
            Add(directory, name);
    }

    public void Dispose() => _files.Dispose();

    private Int128 Fingerprint(OpenDirectory directory, UnixPath name)
    {
        if (_last.Directory != directory)
            _last = (directory, directory.Status().Inode);
        var length = sizeof(ulong) + name.Bytes.Length;
        var text = length <= 512 ? stackalloc byte[length] : new byte[length];
        BinaryPrimitives.WriteUInt64LittleEndian(text, _last.Inode);
        name.Bytes.CopyTo(text[sizeof(ulong)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return BinaryPrimitives.ReadInt128LittleEndian(hash);
    }
}
