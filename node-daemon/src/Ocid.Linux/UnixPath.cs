using System.Text;
using Ocid.Primitives;

namespace Ocid.Linux;

/// <summary>
/// A path or file name as the kernel sees it: bytes without NUL. Archives hold names that are not UTF-8, and those must
/// survive; a <see cref="string"/> converts to its UTF-8 bytes.
/// </summary>
public readonly struct UnixPath : IEquatable<UnixPath>
{
    private readonly byte[]? _terminated;

    /// <summary>Copies the bytes of a path.</summary>
    /// <exception cref="OcidException">InvalidArgument: a NUL byte is among them.</exception>
    public UnixPath(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0))
            throw new OcidException(ErrorKind.InvalidArgument, $"path {Quoted.Text(Encoding.UTF8.GetString(bytes))}: has a NUL byte");

        _terminated = new byte[bytes.Length + 1];
        bytes.CopyTo(_terminated);
    }

    /// <summary>The bytes, without terminator.</summary>
    public ReadOnlySpan<byte> Bytes => _terminated is null ? default : _terminated.AsSpan(0, _terminated.Length - 1);

    /// <summary>The last component and what stands before it; slashes between and after them belong to neither.</summary>
    public (UnixPath Parent, UnixPath Name) Split()
    {
        var trimmed = Bytes.TrimEnd((byte)'/');
        var slash = trimmed.LastIndexOf((byte)'/');
        return slash < 0
            ? (default, new UnixPath(trimmed))
            : (new UnixPath(trimmed[..slash].TrimEnd((byte)'/')), new UnixPath(trimmed[(slash + 1)..]));
    }

    /// <summary>The path of a name in this directory; the name alone where this is empty.</summary>
    public UnixPath Below(UnixPath name) => Bytes.IsEmpty ? name : new UnixPath([.. Bytes, (byte)'/', .. name.Bytes]);

    /// <summary>The UTF-8 bytes of the text.</summary>
    public static implicit operator UnixPath(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Bytewise equality.</summary>
    public static bool operator ==(UnixPath left, UnixPath right) => left.Equals(right);

    /// <summary>Bytewise inequality.</summary>
    public static bool operator !=(UnixPath left, UnixPath right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(UnixPath other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UnixPath other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The text for people: what is not UTF-8 is replaced.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes);

    internal ReadOnlySpan<byte> Terminated => _terminated is null ? "\0"u8 : _terminated;
}
