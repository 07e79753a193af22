using System.Buffers;
using Ocid.Linux;
using Ocid.Linux.Compression;

namespace Ocid.Storage.Archive;

/// <summary>What a decompressor makes of a stream, all of its parts one after the other.</summary>
internal sealed class DecompressorStream(Decompressor decompressor, Stream compressed) : ForwardStream
{
    private readonly byte[] _input = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _start;
    private int _end;
    private bool _between;
    private bool _ended;

    /// <exception cref="InvalidDataException">Malformed, or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_ended && !buffer.IsEmpty)
        {
            var more = _start < _end || Fill();
            if (_between && (!more || !decompressor.Continue(_input[_start])))
            {
                _ended = true;
                break;
            }

            var step = decompressor.Run(_input.AsSpan(_start, _end - _start), buffer);
            _start += step.Consumed;
            _between = step.Ended;
            if (step.Written > 0)
                return step.Written;
            if (!more && !step.Ended)
                throw new InvalidDataException("compressed data ends in the middle");
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            decompressor.Dispose();
            ArrayPool<byte>.Shared.Return(_input);
        }

        base.Dispose(disposing);
    }

    private bool _disposed;

    private bool Fill()
    {
        (_start, _end) = (0, compressed.Read(_input));
        return _end > 0;
    }
}
