namespace Ocid.Images.Pulling;

/// <summary>How blobs are fetched.</summary>
internal sealed record BlobTransfer
{
    /// <summary>How long a connection may bring nothing before it is broken off and another one goes on; zero is for ever.</summary>
    public TimeSpan ProgressTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Blobs from this size on come in ranges, several at a time, where the registry has ranges.</summary>
    public long RangesFrom { get; init; } = 32 << 20;

    /// <summary>The length of a range. A blob has this times <see cref="ParallelRanges"/> in memory, and no more.</summary>
    public int RangeLength { get; init; } = 4 << 20;

    /// <summary>How many ranges of one blob are fetched at once.</summary>
    public int ParallelRanges { get; init; } = 3;

    /// <summary>Blobs from this size on are kept as far as they have come, should the pull be interrupted.</summary>
    public long KeepFrom { get; init; } = 8 << 20;

    /// <summary>But only from when the network has kept a blob's pull waiting for so long.</summary>
    public TimeSpan KeepAfter { get; init; } = TimeSpan.FromSeconds(2);
}
