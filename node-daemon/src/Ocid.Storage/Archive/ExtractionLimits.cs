namespace Ocid.Storage.Archive;

/// <summary>What an archive may cost before it is refused. An image can be made to expand without end.</summary>
public sealed record ExtractionLimits
{
    /// <summary>The limits that no honest image reaches.</summary>
    public static ExtractionLimits Default { get; } = new();

    /// <summary>Bytes of the whole uncompressed archive.</summary>
    public long ExpandedSize { get; init; } = 256L << 30;

    /// <summary>Bytes of all headers of one entry.</summary>
    public int HeaderSize { get; init; } = 1 << 20;

    /// <summary>Components of a path.</summary>
    public int Depth { get; init; } = 256;

    /// <summary>Entries of the archive.</summary>
    public int Entries { get; init; } = 4_000_000;
}
