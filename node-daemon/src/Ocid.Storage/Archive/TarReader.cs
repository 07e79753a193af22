using System.Buffers;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>Reads an archive entry by entry and keeps every byte that is not content.</summary>
internal sealed class TarReader(ArchiveInput input, ExtractionLimits limits)
{
    private readonly ArrayBufferWriter<byte> _header = new(4096);
    private long _content;
    private int _padding;
    private int _entries;

    /// <summary>All bytes between the content of the entry before and that of this one; at the end, those up to and with the end mark.</summary>
    public ReadOnlySpan<byte> Header => _header.WrittenSpan;

    /// <summary>The next entry; null at the end of the archive.</summary>
    /// <exception cref="OcidException">DataLoss: malformed or cut off. ResourceExhausted: a limit.</exception>
    public TarEntry? Next()
    {
        while (!ReadContent().IsEmpty)
        {
        }

        _header.ResetWrittenCount();
        Keep(_padding); // umoci leaves out that of the last entry
        _padding = 0;

        var (pax, longName, longLink) = (PaxRecords.None, (UnixPath?)null, (UnixPath?)null);
        while (ReadBlock() is { IsEmpty: false } bytes)
        {
            var block = new TarBlock(bytes);
            if (block.IsZero)
                return End();

            block.VerifyChecksum();
            switch (block.Type)
            {
                case TarType.Pax:
                    pax = PaxRecords.Parse(ReadExtended(block));
                    break;
                case TarType.PaxGlobal: // as Go, podman and docker: read, not applied
                    PaxRecords.Parse(ReadExtended(block));
                    break;
                case TarType.GnuLongName:
                    longName = UpToNul(ReadExtended(block));
                    break;
                case TarType.GnuLongLink:
                    longLink = UpToNul(ReadExtended(block));
                    break;
                default:
                    return Entry(block, pax, longName ?? pax.Name, longLink ?? pax.LinkName);
            }
        }

        return null;
    }

    /// <summary>The next piece of the entry's content; empty at its end.</summary>
    public ReadOnlySpan<byte> ReadContent()
    {
        if (_content == 0)
            return default;

        var piece = input.Take(_content);
        if (piece.IsEmpty)
            throw CutOff();
        _content -= piece.Length;
        return piece;
    }

    private TarEntry Entry(TarBlock block, PaxRecords pax, UnixPath? name, UnixPath? linkName)
    {
        if (++_entries > limits.Entries)
            throw new OcidException(ErrorKind.ResourceExhausted, $"layer archive: more than {limits.Entries} entries");

        var path = name ?? block.Name;
        var kind = KindOf(block.Type, path);
        var modified = pax.Modified ?? new UnixTime(block.ModifiedSeconds, 0);
        Expect(kind == FileKind.Regular ? pax.Size ?? block.ContentSize : 0);
        return new TarEntry
        {
            Name = path,
            Kind = kind,
            LinkName = linkName ?? block.LinkName,
            Size = _content,
            Permissions = block.Permissions,
            UserId = Id(pax.UserId ?? block.UserId, path),
            GroupId = Id(pax.GroupId ?? block.GroupId, path),
            Device = kind is FileKind.CharacterDevice or FileKind.BlockDevice ? block.Device : default,
            Modified = modified,
            Accessed = pax.Accessed is { } accessed && accessed > modified ? accessed : modified,
            Attributes = pax.Attributes,
        };
    }

    private static FileKind KindOf(TarType type, UnixPath name) => type switch
    {
        TarType.OldRegular => name.Bytes.EndsWith("/"u8) ? FileKind.Directory : FileKind.Regular,
        TarType.Regular or TarType.Contiguous => FileKind.Regular,
        TarType.HardLink => FileKind.None,
        TarType.SymbolicLink => FileKind.SymbolicLink,
        TarType.CharacterDevice => FileKind.CharacterDevice,
        TarType.BlockDevice => FileKind.BlockDevice,
        TarType.Directory => FileKind.Directory,
        TarType.Fifo => FileKind.Fifo,
        TarType.GnuSparse => throw new OcidException(ErrorKind.Unimplemented, "layer archive: sparse files are not supported"),
        _ => throw new OcidException(ErrorKind.Unimplemented, $"layer archive: {Quoted.Text(name.ToString())} has the unknown type {(byte)type}"),
    };

    // 2^32-1 means "leave it" to chown; what is larger would wrap to another user.
    private static uint Id(long id, UnixPath name) => id is >= 0 and < uint.MaxValue
        ? (uint)id
        : throw new OcidException(ErrorKind.DataLoss, $"layer archive: {Quoted.Text(name.ToString())} has the owner {id}: want 0 to 4294967294");

    private void Expect(long size)
    {
        _content = size is >= 0 and <= long.MaxValue - TarBlock.Size
            ? size
            : throw new OcidException(ErrorKind.DataLoss, $"layer archive: an entry's size is {size}");
        _padding = (int)(-size & (TarBlock.Size - 1));
    }

    private ReadOnlySpan<byte> ReadExtended(TarBlock block)
    {
        var size = block.ContentSize;
        if (size < 0 || size > limits.HeaderSize)
            throw HeaderTooLarge();

        var start = _header.WrittenCount;
        var padding = (int)(-size & (TarBlock.Size - 1));
        if (Keep((int)size + padding) < size + padding)
            throw CutOff();
        return _header.WrittenSpan.Slice(start, (int)size);
    }

    private ReadOnlySpan<byte> ReadBlock()
    {
        var start = _header.WrittenCount;
        var length = Keep(TarBlock.Size);
        if (_header.WrittenCount > limits.HeaderSize + (8 * TarBlock.Size))
            throw HeaderTooLarge();
        return length is 0 or TarBlock.Size ? _header.WrittenSpan[start..] : throw CutOff();
    }

    // The mark is two blocks of zeros; one, or none at all, is let through as by every other reader.
    private TarEntry? End() =>
        ReadBlock() is { IsEmpty: false } second && !new TarBlock(second).IsZero
            ? throw new OcidException(ErrorKind.DataLoss, "layer archive: a header follows a block of zeros")
            : null;

    private int Keep(int length)
    {
        var read = input.Read(_header.GetSpan(length)[..length]);
        _header.Advance(read);
        return read;
    }

    private static UnixPath UpToNul(ReadOnlySpan<byte> text) =>
        new(text.IndexOf((byte)0) is var end and >= 0 ? text[..end] : text);

    private static OcidException CutOff() => new(ErrorKind.DataLoss, "layer archive: ends in the middle of an entry");

    private OcidException HeaderTooLarge() =>
        new(ErrorKind.ResourceExhausted, $"layer archive: the headers of one entry are longer than {limits.HeaderSize} bytes");
}
