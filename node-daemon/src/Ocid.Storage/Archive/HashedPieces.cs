using System.Buffers;
using System.Security.Cryptography;
using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>A stream in pieces of one pooled buffer, hashed as they come in.</summary>
internal sealed class HashedPieces(Stream stream, CancellationToken ct) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);

    /// <summary>The next piece, valid until the next call; empty at the end.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        ct.ThrowIfCancellationRequested();
        var piece = _buffer.AsMemory(0, stream.Read(_buffer));
        _hash.AppendData(piece.Span);
        return piece;
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
}
