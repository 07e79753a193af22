using System.Runtime.InteropServices;

namespace Ocid.Linux.Compression;

/// <summary>Compresses what is written to it into one Zstandard frame with a checksum, which disposing ends. The stream beneath stays open.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc8878</remarks>
public sealed unsafe class ZstdWriteStream : Stream
{
    /// <summary>The level of the <c>zstd</c> program.</summary>
    public const int DefaultLevel = 3;

    /// <summary>The highest level that takes no more memory to inflate than everybody gives.</summary>
    public const int HighestLevel = 20;

    private readonly ZstdCompressionHandle _context = new();
    private readonly Stream _output;
    private readonly byte[] _buffer = new byte[128 * 1024];
    private bool _ended;

    /// <param name="output">Receives the frame.</param>
    /// <param name="level">From 1, fast, to <see cref="HighestLevel"/>, small.</param>
    /// <exception cref="InvalidDataException">The library does not know the level.</exception>
    public ZstdWriteStream(Stream output, int level)
    {
        _output = output;
        Check(Libzstd.ZSTD_CCtx_setParameter(_context, Libzstd.ZSTD_c_compressionLevel, level));
        Check(Libzstd.ZSTD_CCtx_setParameter(_context, Libzstd.ZSTD_c_checksumFlag, 1));
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => Run(buffer, Libzstd.ZSTD_e_continue);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Does nothing: a flush in the middle would only make the frame longer.</summary>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_ended)
        {
            _ended = true;
            try
            {
                Run([], Libzstd.ZSTD_e_end);
            }
            finally
            {
                _context.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void Run(ReadOnlySpan<byte> bytes, int directive)
    {
        fixed (byte* source = bytes, destination = _buffer)
        {
            var from = new Libzstd.ZSTD_inBuffer { src = source, size = (nuint)bytes.Length };
            nuint left;
            do
            {
                var to = new Libzstd.ZSTD_outBuffer { dst = destination, size = (nuint)_buffer.Length };
                left = Check(Libzstd.ZSTD_compressStream2(_context, &to, &from, directive));
                _output.Write(_buffer, 0, (int)to.pos);
            }
            while (directive == Libzstd.ZSTD_e_end ? left > 0 : from.pos < from.size);
        }
    }

    private static nuint Check(nuint result) => Libzstd.ZSTD_isError(result) == 0
        ? result
        : throw new InvalidDataException($"zstd: {Marshal.PtrToStringUTF8((nint)Libzstd.ZSTD_getErrorName(result))}");
}
