namespace Ocid.Storage;

/// <summary>How a layer's blob was compressed, with the numbers that the records use.</summary>
public enum LayerCompression
{
    /// <summary>Not at all.</summary>
    None = 0,
    /// <summary>bzip2.</summary>
    Bzip2 = 1,
    /// <summary>gzip.</summary>
    Gzip = 2,
    /// <summary>xz.</summary>
    Xz = 3,
    /// <summary>zstd.</summary>
    Zstd = 4,
}
