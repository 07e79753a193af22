using System.Buffers;
using System.Security.Cryptography;
using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>The bytes of an archive in pieces of one pooled buffer, counted, hashed and capped as they come in.</summary>
internal sealed class ArchiveInput(Stream stream, long limit, CancellationToken ct) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private int _start;
    private int _end;

    /// <summary>How many bytes have come in.</summary>
    public long Length { get; private set; }

    /// <summary>The next bytes, at least one unless the archive is at its end; valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(long most)
    {
        if (_start == _end)
            Fill();

        var piece = _buffer.AsSpan(_start, (int)Math.Min(most, _end - _start));
        _start += piece.Length;
        return piece;
    }

    /// <summary>Fills the destination, or as much of it as there is left; returns how much.</summary>
    public int Read(Span<byte> destination)
    {
        var length = 0;
        while (length < destination.Length && Take(destination.Length - length) is { IsEmpty: false } piece)
        {
            piece.CopyTo(destination[length..]);
            length += piece.Length;
        }

        return length;
    }

    /// <summary>The SHA-256 digest of all that came in.</summary>
    public Digest Digest()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetCurrentHash(hash);
        return Primitives.Digest.FromSha256Hash(hash);
    }

    public void Dispose()
    {
        _hash.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private void Fill()
    {
        ct.ThrowIfCancellationRequested();
        (_start, _end) = (0, stream.Read(_buffer));
        Length += _end;
        if (Length > limit)
            throw new OcidException(ErrorKind.ResourceExhausted, $"layer archive: expands to more than {limit} bytes");
        _hash.AppendData(_buffer, 0, _end);
    }
}
