namespace Ocid.Linux.Compression;

/// <summary>What one call of a <see cref="Decompressor"/> did.</summary>
/// <param name="Consumed">Bytes of input that it is done with.</param>
/// <param name="Written">Bytes of output that it made.</param>
/// <param name="Ended">Whether a part (a gzip member, a zstd frame) ended here; another may follow.</param>
public readonly record struct DecompressorStep(int Consumed, int Written, bool Ended);
