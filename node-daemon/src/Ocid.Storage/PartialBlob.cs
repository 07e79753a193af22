using Microsoft.Win32.SafeHandles;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage.Layers;

namespace Ocid.Storage;

/// <summary>
/// Bytes of a blob in the order in which they came, on disk, so that a pull which is interrupted, be it by the end of its process, need not fetch
/// them again. Nobody has checked them: that is for who uses them. Disposing drops them, unless they are to be kept.
/// </summary>
public sealed class PartialBlob : IAsyncDisposable
{
    // How often the room is looked at again.
    private const long Step = 64 << 20;

    private readonly StagingArea _area;
    private readonly FileLock _lock;
    private readonly SafeFileHandle _file;
    private readonly string _name;
    private long _room;
    private bool _full;
    private bool _keep;

    internal PartialBlob(StagingArea area, string name, FileLock held, long start)
    {
        (_area, _name, _lock, Start) = (area, name, held, start);
        _file = File.OpenHandle(area.BlobPath(name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        End = start + RandomAccess.GetLength(_file);
    }

    /// <summary>Where in the blob the first byte is.</summary>
    public long Start { get; }

    /// <summary>Where in the blob the next byte would be.</summary>
    public long End { get; private set; }

    /// <summary>Reads bytes, on a thread of its own.</summary>
    /// <param name="offset">Where in the blob.</param>
    /// <param name="buffer">Receives them.</param>
    /// <param name="ct">Looked at before reading.</param>
    /// <returns>How many.</returns>
    /// <exception cref="OcidException">DataLoss: they cannot be read.</exception>
    public Task<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken ct) => OwnThread.RunAsync(
        () =>
        {
            try
            {
                return RandomAccess.Read(_file, buffer.Span, offset - Start);
            }
            catch (IOException unreadable)
            {
                throw new OcidException(ErrorKind.DataLoss, $"{_area.BlobPath(_name)}: {unreadable.Message}", unreadable);
            }
        },
        ct);

    /// <summary>Adds bytes that follow. Blocks. Where there is no more room nothing is added, and that is no error.</summary>
    /// <returns>Whether they were added.</returns>
    public bool Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (_room < bytes.Length)
                _room = Math.Min(Step, _area.RoomForBlobs());
            _full |= _room < bytes.Length;
            if (_full)
                return false;
            RandomAccess.Write(_file, bytes, End - Start);
        }
        catch (Exception failure) when (failure is IOException or OcidException)
        {
            // The disk is full, most likely: what it still has is for the layer.
            _full = true;
            RandomAccess.SetLength(_file, 0);
            End = Start;
            return false;
        }

        _room -= bytes.Length;
        End += bytes.Length;
        return true;
    }

    /// <summary>Lets disposing leave the bytes for <see cref="Store.TakeUpBlobAsync"/>, for <see cref="StoreOptions.KeepStaged"/> at the most.</summary>
    public void Keep() => _keep = true;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var keep = _keep && End > Start;
        _file.Dispose();
        if (!keep)
            await OwnThread.RunAsync(() => _area.Remove(_name));
        _lock.Dispose();
        if (keep)
            _area.Kept();
    }
}
