using System.Threading.Channels;

namespace Ocid.Daemon.Logs;

/// <summary>Tells, from inotify, that a log file grew or was replaced.</summary>
internal sealed class LogChanges : IDisposable
{
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly FileSystemWatcher _watcher;
    private volatile bool _rotated;

    public LogChanges(string path)
    {
        _watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path)) { NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.FileName };
        _watcher.Changed += (_, _) => _changes.Writer.TryWrite(false);
        _watcher.Created += (_, _) => Rotated();
        _watcher.Renamed += (_, change) => _ = change.FullPath == path && Rotated();
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>Waits for a change, no longer than this; true when the name has another file now.</summary>
    public async Task<(bool Changed, bool Rotated)> WaitAsync(TimeSpan limit, CancellationToken ct)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bounded.CancelAfter(limit);
        try
        {
            await _changes.Reader.WaitToReadAsync(bounded.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (false, false);
        }

        while (_changes.Reader.TryRead(out _))
        {
        }

        var rotated = _rotated;
        _rotated = false;
        return (true, rotated);
    }

    public void Dispose() => _watcher.Dispose();

    private bool Rotated()
    {
        _rotated = true;
        return _changes.Writer.TryWrite(true);
    }
}
