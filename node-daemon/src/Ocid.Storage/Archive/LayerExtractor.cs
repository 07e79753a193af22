using Microsoft.Win32.SafeHandles;
using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>Unpacks the archive of a layer into the form that overlay mounts.</summary>
public static class LayerExtractor
{
    /// <summary>Reads the archive to its end and puts its content below a directory, nothing outside it.</summary>
    /// <param name="archive">The uncompressed archive. It is read synchronously, on a thread of its own; to cancel a read that waits, make it fail.</param>
    /// <param name="diffPath">An empty directory. After a failure it holds part of the layer.</param>
    /// <param name="tarSplit">Receives the gzip-compressed tar-split record, from which the archive can be put together again.</param>
    /// <param name="limits">What the archive may cost.</param>
    /// <param name="ct">Looked at between entries and between pieces of content.</param>
    /// <exception cref="OcidException">DataLoss: this is no well-formed archive, or it points outside. ResourceExhausted: a limit, or the disk is full. Unimplemented: it has an entry of a kind that layers do not have.</exception>
    public static Task<ExtractedLayer> ExtractAsync(Stream archive, string diffPath, Stream tarSplit, ExtractionLimits limits, CancellationToken ct) =>
        Task.Factory.StartNew(
            () => Extract(archive, diffPath, tarSplit, limits, ct), ct, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    private static ExtractedLayer Extract(Stream archive, string diffPath, Stream tarSplit, ExtractionLimits limits, CancellationToken ct)
    {
        using var input = new ArchiveInput(archive, limits.ExpandedSize, ct);
        using var record = new TarSplitWriter(tarSplit);
        using var tree = new LayerTree(diffPath);
        var reader = new TarReader(input, limits);
        while (reader.Next() is { } entry)
        {
            record.Segment(reader.Header);
            Place(reader, entry, tree, record, limits.Depth);
        }

        record.Segment(reader.Header);
        while (input.Take(TarSplitWriter.LongestSegment) is { IsEmpty: false } trailer)
            record.Segment(trailer);
        tree.Finish();
        return new ExtractedLayer(input.Digest(), input.Length, tree.UserIds, tree.GroupIds);
    }

    private static void Place(TarReader reader, TarEntry entry, LayerTree tree, TarSplitWriter record, int depth)
    {
        var path = EntryPath.Clean(entry.Name, depth);
        using var file = tree.Place(entry, path);
        if (file is null)
        {
            // What becomes no file (a whiteout, for one) has its content, if any, kept in the record.
            record.File(entry.Name, 0, default);
            while (reader.ReadContent() is { IsEmpty: false } piece)
                record.Segment(piece);
            return;
        }

        var (crc, offset) = (new Crc64(), 0L);
        while (reader.ReadContent() is { IsEmpty: false } piece)
        {
            Write(file, piece, offset, entry);
            crc.Append(piece);
            offset += piece.Length;
        }

        record.File(entry.Name, entry.Size, crc);
        file.Dispose();
        tree.Complete(entry, path);
    }

    private static void Write(SafeFileHandle file, ReadOnlySpan<byte> piece, long offset, TarEntry entry)
    {
        const int NoSpace = 28; // .NET puts the errno there

        try
        {
            RandomAccess.Write(file, piece, offset);
        }
        catch (IOException failure)
        {
            throw new OcidException(
                failure.HResult == NoSpace ? ErrorKind.ResourceExhausted : ErrorKind.Internal, $"write {Quoted.Text(entry.Name.ToString())}: {failure.Message}", failure);
        }
    }
}
