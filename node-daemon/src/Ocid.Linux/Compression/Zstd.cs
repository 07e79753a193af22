using System.Runtime.InteropServices;

namespace Ocid.Linux.Compression;

/// <summary>Zstandard by libzstd: frames one after the other, skippable ones passed over, windows up to the 128 MiB that the library allows by itself.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc8878</remarks>
public sealed unsafe class Zstd : Decompressor
{
    private readonly ZstdHandle _stream = new();

    /// <summary>The library that this needs.</summary>
    public static string Library => Libzstd.Library;

    /// <summary>Whether this machine has it.</summary>
    public static bool IsAvailable => Libzstd.IsUsable;

    /// <inheritdoc/>
    public override DecompressorStep Run(ReadOnlySpan<byte> input, Span<byte> output)
    {
        fixed (byte* source = input, destination = output)
        {
            var from = new Libzstd.ZSTD_inBuffer { src = source, size = (nuint)input.Length };
            var to = new Libzstd.ZSTD_outBuffer { dst = destination, size = (nuint)output.Length };
            var result = Libzstd.ZSTD_decompressStream(_stream, &to, &from);
            if (Libzstd.ZSTD_isError(result) != 0)
                throw new InvalidDataException($"zstd: {Marshal.PtrToStringUTF8((nint)Libzstd.ZSTD_getErrorName(result))}");
            return new DecompressorStep((int)from.pos, (int)to.pos, result == 0);
        }
    }

    /// <inheritdoc/>
    public override bool Continue(byte next) => true;

    /// <inheritdoc/>
    public override void Dispose() => _stream.Dispose();
}
