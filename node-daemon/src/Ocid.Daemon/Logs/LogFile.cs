using System.Runtime.CompilerServices;

namespace Ocid.Daemon.Logs;

/// <summary>Reads whole lines of a log file that is still written to and may be rotated by renaming.</summary>
internal sealed class LogFile(string path) : IDisposable
{
    private FileStream _file = Open(path);
    private byte[] _rest = [];

    /// <summary>Goes to the last lines.</summary>
    public void SkipToLast(long lines)
    {
        var position = _file.Position = _file.Length;
        if (lines == 0)
            return;

        var found = 0L;
        var block = new byte[64 * 1024];
        while (position > 0)
        {
            var length = (int)Math.Min(block.Length, position);
            position -= length;
            _file.Position = position;
            _file.ReadExactly(block, 0, length);
            for (var i = length - 1; i >= 0; i--)
            {
                // The line feed that ends the file begins no line.
                if (block[i] != (byte)'\n' || position + i + 1 == _file.Length || ++found < lines)
                    continue;

                _file.Position = position + i + 1;
                return;
            }
        }

        _file.Position = 0;
    }

    /// <summary>The whole lines that were written since the last call, without their line feeds.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadNewAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var buffer = new byte[256 * 1024];
        while (await _file.ReadAsync(buffer, ct).ConfigureAwait(false) is var count && count > 0)
        {
            byte[] bytes = [.. _rest, .. buffer.AsSpan(0, count)];
            var start = 0;
            for (int end; (end = Array.IndexOf(bytes, (byte)'\n', start)) >= 0; start = end + 1)
                yield return bytes.AsMemory(start, end - start);
            _rest = bytes[start..];
        }
    }

    /// <summary>Goes on with the file that has the name now; the old one must have been read to its end.</summary>
    public void Reopen()
    {
        _file.Dispose();
        _file = Open(path);
        _rest = [];
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
