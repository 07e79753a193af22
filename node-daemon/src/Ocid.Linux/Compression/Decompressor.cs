namespace Ocid.Linux.Compression;

/// <summary>A decompressor that is fed its input piece by piece. It keeps no reference to what it is given.</summary>
public abstract class Decompressor : IDisposable
{
    /// <summary>Takes some of the input and makes some output.</summary>
    /// <exception cref="InvalidDataException">The input is not what this decompresses.</exception>
    public abstract DecompressorStep Run(ReadOnlySpan<byte> input, Span<byte> output);

    /// <summary>Makes ready for what follows a whole part; false when what begins with this byte is no further part of the stream.</summary>
    public abstract bool Continue(byte next);

    /// <summary>Frees the native memory. Not while <see cref="Run"/> runs.</summary>
    public abstract void Dispose();
}
