using Ocid.Linux;

namespace Ocid.Daemon.Serve;

/// <summary>
/// A log in a file of bounded size: full, it is copied beside itself and begun anew. It stays the same file, because others append to it as well: what the runtime
/// says of a crash, and the monitor. What cannot be written is lost: a full disk fails no call that is logged.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="limit">Its size at most, and that of the former.</param>
internal sealed class BoundedLogFile(string path, long limit = BoundedLogFile.DefaultLimit) : Stream
{
    private const long DefaultLimit = 16 * 1024 * 1024;
    private const string Former = ".1";

    private readonly AppendFile _file = AppendFile.Open(path);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true } file && file.Length + buffer.Length > limit)
                BeginAnew();
            _file.Append(buffer);
        }
        catch (Exception failure) when (failure is LinuxException or IOException or UnauthorizedAccessException)
        {
            // See above.
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }

    // Bounded in any case: without room for a copy it goes on without one.
    private void BeginAnew()
    {
        try
        {
            File.Copy(path, path + Former, overwrite: true);
        }
        finally
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.SetLength(file, 0);
        }
    }
}
