using Microsoft.Win32.SafeHandles;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>
/// A layer's archive, byte for byte as it was unpacked, put together from its record and its files while it is read. Reads
/// block on the disk: read it on a thread of its own.
/// </summary>
internal sealed class LayerTarStream(TarSplitReader record, LayerFiles files, string what, Action<LayerDifference>? damaged = null) : ForwardStream
{
    private ReadOnlyMemory<byte> _segment;
    private SafeFileHandle? _file;
    private long _offset;
    private long _left;
    private Crc64 _sum;
    private bool _faulty;

    /// <exception cref="OcidException">DataLoss: a file is not what it was, named by its path, unless whoever opened this wants to be told and go on.</exception>
    public override int Read(Span<byte> destination)
    {
        if (destination.IsEmpty)
            return 0;
        while (true)
        {
            if (!_segment.IsEmpty)
                return ReadSegment(destination);
            if (_left > 0)
                return ReadFile(destination);
            if (!record.Next())
                return 0;
            if (record.IsSegment)
                _segment = record.Segment;
            else if (record.Size > 0)
                Begin();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file?.Dispose();
            files.Dispose();
            record.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadSegment(Span<byte> destination)
    {
        var length = Math.Min(destination.Length, _segment.Length);
        _segment.Span[..length].CopyTo(destination);
        _segment = _segment[length..];
        return length;
    }

    private void Begin()
    {
        (_offset, _left, _sum, _faulty) = (0, record.Size, default, false);
        _file = files.Open(record.Name);
        if (_file is null)
            Fault(DifferenceKind.Missing, "no such regular file");
        else if (RandomAccess.GetLength(_file) is var length && length != record.Size)
            Fault(DifferenceKind.Changed, $"{length} bytes instead of {record.Size}");
    }

    private int ReadFile(Span<byte> destination)
    {
        destination = destination[..(int)Math.Min(destination.Length, _left)];
        var length = _file is null ? 0 : RandomAccess.Read(_file, destination, _offset);
        if (length == 0)
        {
            if (!_faulty)
                Fault(DifferenceKind.Changed, "shorter than it was");
            // Whoever goes on needs the archive's framing: the content's place is filled up.
            destination.Clear();
            length = destination.Length;
        }

        _sum.Append(destination[..length]);
        _offset += length;
        _left -= length;
        if (_left == 0)
            End();
        return length;
    }

    private void End()
    {
        if (!_faulty && _sum.Value != record.Checksum)
            Fault(DifferenceKind.Changed, "its content has changed");
        _file?.Dispose();
        _file = null;
    }

    private void Fault(DifferenceKind kind, string how)
    {
        _faulty = true;
        if (damaged is null)
            throw new OcidException(ErrorKind.DataLoss, $"{what}: {Quoted.Text(record.Name.ToString())}: {how}{Hint()}");
        damaged(new LayerDifference(kind, Path(), how + Hint()));
    }

    // A layer that overlay wrote itself with metacopy keeps only the attributes of such a file; its content is in a layer below.
    private string Hint() =>
        _file is not null && files.Find(record.Name) is { } found && found.Directory.GetAttribute(found.Name, "trusted.overlay.metacopy") is not null
            ? ", overlay keeps it in another layer (metacopy)" : "";

    private string Path() => "/" + EntryPath.Clean(record.Name, int.MaxValue);
}
