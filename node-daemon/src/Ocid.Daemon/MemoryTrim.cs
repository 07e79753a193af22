using Ocid.Linux;

namespace Ocid.Daemon;

/// <summary>
/// Gives back, after the start and then once a minute, what a burst of work has left committed: the collector, malloc and the kernel keep it for the next burst, which on a node may
/// come in a week. A process that did nothing since does nothing here.
/// </summary>
internal sealed class MemoryTrim : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(2);

    private readonly Timer _timer;
    private int _collections = -1;

    public MemoryTrim() => _timer = new Timer(_ => Trim(), null, Start, Pause);

    public void Dispose() => _timer.Dispose();

    private void Trim()
    {
        if (GC.CollectionCount(0) == _collections)
            return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        SelfProcess.TrimMalloc();
        SelfProcess.LetGoOfProgramMetadata();
        _collections = GC.CollectionCount(0);
    }
}
