using System.Buffers.Binary;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>The 512 bytes of a header: v7, ustar or GNU.</summary>
/// <remarks>https://www.gnu.org/software/tar/manual/html_node/Standard.html</remarks>
internal readonly ref struct TarBlock(ReadOnlySpan<byte> block)
{
    public const int Size = 512;

    private readonly ReadOnlySpan<byte> _block = block;

    public bool IsZero => !_block.ContainsAnyExcept((byte)0);

    public TarType Type => (TarType)_block[156];

    public uint Permissions => (uint)Number(100, 8, "mode") & 0xFFF;

    public long UserId => Number(108, 8, "uid");

    public long GroupId => Number(116, 8, "gid");

    public long ContentSize => Number(124, 12, "size");

    public long ModifiedSeconds => Number(136, 12, "mtime");

    public UnixPath LinkName => Text(157, 100);

    public DeviceNumber Device => IsV7 ? default : new((uint)Number(329, 8, "device"), (uint)Number(337, 8, "device"));

    // Only POSIX has the prefix; GNU keeps times where it would be.
    public UnixPath Name
    {
        get
        {
            var name = Text(0, 100);
            if (!_block.Slice(257, 6).SequenceEqual("ustar\0"u8) || _block[345] == 0)
                return name;
            return new UnixPath([.. Text(345, 155).Bytes, (byte)'/', .. name.Bytes]);
        }
    }

    private bool IsV7 => !_block.Slice(257, 5).SequenceEqual("ustar"u8);

    /// <exception cref="OcidException">DataLoss: the sum is not that of the header.</exception>
    public void VerifyChecksum()
    {
        var (unsigned, signed) = (0L, 0L); // some old writers summed signed characters
        for (var at = 0; at < Size; at++)
        {
            var value = at is >= 148 and < 156 ? (byte)' ' : _block[at];
            unsigned += value;
            signed += (sbyte)value;
        }

        if (Number(148, 8, "checksum") is var sum && sum != unsigned && sum != signed)
            throw new OcidException(ErrorKind.DataLoss, "layer archive: a header's checksum is wrong");
    }

    private UnixPath Text(int offset, int length)
    {
        var field = _block.Slice(offset, length);
        return new UnixPath(field.IndexOf((byte)0) is var end and >= 0 ? field[..end] : field);
    }

    private long Number(int offset, int length, string name)
    {
        var field = _block.Slice(offset, length);
        return (field[0] & 0x80) != 0 ? Binary(field, name) : Octal(field, name);
    }

    private static long Octal(ReadOnlySpan<byte> field, string name)
    {
        var value = 0L;
        foreach (var digit in field.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
                throw new OcidException(ErrorKind.DataLoss, $"layer archive: a header's {name} is no number");
            value = (value << 3) | (uint)(digit - '0');
        }

        return value;
    }

    // Big-endian two's complement, its first bit replaced by the mark.
    private static long Binary(ReadOnlySpan<byte> field, string name)
    {
        Span<byte> whole = stackalloc byte[16];
        var negative = (field[0] & 0x40) != 0;
        whole.Fill(negative ? (byte)0xff : (byte)0);
        field.CopyTo(whole[^field.Length..]);
        whole[^field.Length] = (byte)(negative ? field[0] : field[0] & 0x7f);
        var value = BinaryPrimitives.ReadInt128BigEndian(whole);
        return value >= long.MinValue && value <= long.MaxValue
            ? (long)value
            : throw new OcidException(ErrorKind.DataLoss, $"layer archive: a header's {name} is out of range");
    }
}
