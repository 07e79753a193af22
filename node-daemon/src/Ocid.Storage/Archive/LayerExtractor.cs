using System.Security.Cryptography;
using Ocid.Linux;
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
    /// <param name="ct">Looked at between pieces of content.</param>
    /// <exception cref="OcidException">DataLoss: this is no well-formed archive, or it points outside. ResourceExhausted: a limit, or the disk is full. Unimplemented: it has an entry of a kind that layers do not have.</exception>
    public static async Task<ExtractedLayer> ExtractAsync(Stream archive, string diffPath, Stream tarSplit, ExtractionLimits limits, CancellationToken ct)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var feed = new ArchiveFeed(failed.Token);
        var filling = OwnThread.RunAsync(
            () =>
            {
                try
                {
                    feed.Fill(archive);
                }
                catch
                {
                    failed.Cancel(); // the reason is thrown below
                    throw;
                }
            },
            CancellationToken.None);
        var extraction = ExtractAsync(feed, diffPath, tarSplit, limits, failed.Token);
        await Task.WhenAll(filling, extraction).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        await filling;
        return await extraction;
    }

    /// <summary>As the other, of an archive that another thread passes on.</summary>
    public static async Task<ExtractedLayer> ExtractAsync(ArchiveFeed feed, string diffPath, Stream tarSplit, ExtractionLimits limits, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(limits);
        var hashing = OwnThread.RunAsync(() => Hash(feed), CancellationToken.None);
        var unpacking = OwnThread.RunAsync(() => Unpack(feed, diffPath, tarSplit, limits), CancellationToken.None);
        await Task.WhenAll(hashing, unpacking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        var (length, users, groups) = await unpacking;
        return new ExtractedLayer(await hashing, length, users, groups);
    }

    private static Digest Hash(ArchiveFeed feed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (feed.Next(ArchiveFeed.Reader.Hasher) is { IsEmpty: false } piece)
            hash.AppendData(piece.Span);
        return Digest.FromSha256Hash(hash.GetHashAndReset());
    }

    private static (long Length, IReadOnlyList<uint> Users, IReadOnlyList<uint> Groups) Unpack(ArchiveFeed feed, string diffPath, Stream tarSplit, ExtractionLimits limits)
    {
        try
        {
            var input = new ArchiveInput(() => feed.Next(ArchiveFeed.Reader.Unpacker), limits.ExpandedSize);
            using var record = new TarSplitWriter(tarSplit);
            using var tree = new LayerTree(diffPath);
            var reader = new TarReader(input, limits);
            while (reader.Next() is { } entry)
            {
                record.Segment(reader.Header);
                try
                {
                    Place(reader, entry, tree, record, limits.Depth);
                }
                catch (LinuxException contradicts) when (contradicts.Errno is Errno.ENOTDIR or Errno.ELOOP or Errno.EISDIR or Errno.ENAMETOOLONG)
                {
                    // The archive says one thing of a path here and another there, or leads in circles.
                    throw new OcidException(ErrorKind.DataLoss, $"unpack {Quoted.Text(entry.Name.ToString())}: {contradicts.Message}", contradicts);
                }
            }

            record.Segment(reader.Header);
            while (input.Take(TarSplitWriter.LongestSegment) is { IsEmpty: false } trailer)
                record.Segment(trailer);
            tree.Finish();
            return (input.Length, tree.UserIds, tree.GroupIds);
        }
        catch
        {
            feed.Abandon();
            throw;
        }
    }

    private static void Place(TarReader reader, TarEntry entry, LayerTree tree, TarSplitWriter record, int depth)
    {
        var path = EntryPath.Clean(entry.Name, depth);
        using var file = tree.Place(entry, path);
        if (file is null)
        {
            // What becomes no file (a whiteout, for one) has its content, if any, kept in the record.
            record.File(entry.Name, path, 0, default);
            while (reader.ReadContent() is { IsEmpty: false } piece)
                record.Segment(piece);
            return;
        }

        var crc = new Crc64();
        while (reader.ReadContent() is { IsEmpty: false } piece)
        {
            file.Write(piece);
            crc.Append(piece);
        }

        record.File(entry.Name, path, entry.Size, crc);
        LayerTree.Complete(file, entry);
    }
}
