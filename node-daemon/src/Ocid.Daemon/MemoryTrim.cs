using Ocid.Linux;

namespace Ocid.Daemon;

/// <summary>
/// Gives back, once a minute, what a burst of work has left committed: the collector and malloc keep it for the next burst, which on a node may
/// come in a week. A process that did nothing since does nothing here.
/// </summary>
internal sealed class MemoryTrim : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Timer _timer;
    private int _collections;

    public MemoryTrim() => _timer = new Timer(_ => Trim(), null, Pause, Pause);

    public void Dispose() => _timer.Dispose();

    private void Trim()
    {
        if (GC.CollectionCount(0) == _collections)
            return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        SelfProcess.TrimMalloc();
        _collections = GC.CollectionCount(0);
    }
}
