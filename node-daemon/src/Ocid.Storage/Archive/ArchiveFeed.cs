using System.Buffers;

namespace Ocid.Storage.Archive;

/// <summary>
/// The way of an archive's bytes from the thread that reads or decompresses them to the two that unpack and hash them: a ring of
/// buffers. Each waits for the slowest, so memory is bounded and nothing is copied.
/// </summary>
public sealed class ArchiveFeed : IDisposable
{
    private const int Pieces = 8;
    private const int PieceSize = 256 * 1024;

    private readonly CancellationToken _ct;
    private readonly CancellationTokenRegistration _wake;
    private readonly object _gate = new();
    private readonly (byte[] Buffer, int Length)[] _ring = new (byte[], int)[Pieces];
    private readonly long[] _held = [-1, -1]; // by each reader: which piece it has, or waits for
    private long _filled;
    private bool _ended;
    private bool _abandoned;

    /// <summary>A feed whose every wait ends when the token is cancelled.</summary>
    public ArchiveFeed(CancellationToken ct)
    {
        _ct = ct;
        _wake = ct.Register(Wake);
    }

    internal enum Reader
    {
        Unpacker,
        Hasher,
    }

    /// <summary>Passes on what the stream gives, to its end, or until nobody unpacks it any more. Blocks: call it on a thread of its own.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Fill(Stream archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        while (Room() is { } buffer)
        {
            // Short reads are gathered: each piece costs two switches of threads.
            var length = archive.ReadAtLeast(buffer.AsSpan(0, PieceSize), PieceSize, throwOnEndOfStream: false);
            lock (_gate)
            {
                if (length > 0)
                    _ring[_filled++ % Pieces].Length = length;
                _ended = length < PieceSize;
                Monitor.PulseAll(_gate);
                if (_ended)
                    return;
            }
        }
    }

    /// <summary>Gives the buffers back, once the threads that used them have ended.</summary>
    public void Dispose()
    {
        _wake.Dispose();
        foreach (var (buffer, _) in _ring)
        {
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
        }

        Array.Clear(_ring);
    }

    /// <summary>The next piece, valid until the reader asks again; empty at the end.</summary>
    internal ReadOnlyMemory<byte> Next(Reader reader)
    {
        lock (_gate)
        {
            var wanted = ++_held[(int)reader];
            Monitor.PulseAll(_gate);
            while (_filled <= wanted && !_ended && !_abandoned)
                Wait();
            if (_abandoned)
                throw new OperationCanceledException("the archive is not unpacked any more");
            var (buffer, length) = _ring[wanted % Pieces];
            return _filled <= wanted ? default : buffer.AsMemory(0, length);
        }
    }

    /// <summary>Lets the other two end: what they do is not needed any more.</summary>
    internal void Abandon()
    {
        lock (_gate)
            _abandoned = true;
        Wake();
    }

    private byte[]? Room()
    {
        lock (_gate)
        {
            while (_filled - Math.Min(_held[0], _held[1]) >= Pieces && !_abandoned)
                Wait();
            return _abandoned ? null : _ring[_filled % Pieces].Buffer ??= ArrayPool<byte>.Shared.Rent(PieceSize);
        }
    }

    private void Wait()
    {
        _ct.ThrowIfCancellationRequested();
        Monitor.Wait(_gate);
        _ct.ThrowIfCancellationRequested();
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }
}
