using Ocid.Primitives;

namespace Ocid.Networking;

/// <summary>One holder a sandbox: ADD and DEL of the same sandbox never overlap, those of different ones do.</summary>
internal sealed class SandboxLocks
{
    private readonly Dictionary<PodSandboxId, Entry> _entries = [];

    public async Task<IDisposable> EnterAsync(PodSandboxId id, CancellationToken ct)
    {
        Entry entry;
        lock (_entries)
        {
            if (!_entries.TryGetValue(id, out entry!))
                _entries[id] = entry = new Entry();
            entry.Users++;
        }

        try
        {
            await entry.Gate.WaitAsync(ct);
        }
        catch
        {
            Leave(id, entry);
            throw;
        }

        return new Holder(this, id, entry);
    }

    private void Leave(PodSandboxId id, Entry entry)
    {
        lock (_entries)
        {
            if (--entry.Users == 0)
                _entries.Remove(id);
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Holder(SandboxLocks locks, PodSandboxId id, Entry entry) : IDisposable
    {
        public void Dispose()
        {
            entry.Gate.Release();
            locks.Leave(id, entry);
        }
    }
}
