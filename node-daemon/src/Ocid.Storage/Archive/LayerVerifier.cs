namespace Ocid.Storage.Archive;

/// <summary>Looks whether a layer on disk still is what was unpacked.</summary>
internal static class LayerVerifier
{
    /// <param name="record">The layer's record.</param>
    /// <param name="diffPath">Its files.</param>
    /// <param name="what">What to call it in errors.</param>
    /// <param name="isWhole">The files of the layers below are there too, which is no difference.</param>
    /// <param name="below">Then, those files, in the tree of the layer below; null for the lowest.</param>
    /// <param name="ct">Looked at between pieces of content.</param>
    /// <exception cref="Primitives.OcidException">DataLoss: the record is damaged.</exception>
    public static LayerCheck Verify(TarSplitReader record, string diffPath, string what, bool isWhole, string? below, CancellationToken ct)
    {
        using var comparison = new LayerComparison(diffPath, isWhole);
        using var tar = new LayerTarStream(record, new LayerFiles(diffPath), what, comparison.Note);
        using var pieces = new HashedPieces(tar, ct);
        var input = new ArchiveInput(pieces.Next, long.MaxValue);
        var reader = new TarReader(input, ExtractionLimits.Default);
        while (reader.Next() is { } entry)
            comparison.Compare(entry);
        while (!input.Take(long.MaxValue).IsEmpty)
        {
            // The padding behind the end mark belongs to the digest.
        }

        if (isWhole)
            comparison.CompareRest(below, ct);
        else
            comparison.FindExtra(ct);
        return new LayerCheck(pieces.Digest(), comparison.Differences);
    }
}
