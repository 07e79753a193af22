using Ocid.Linux;

namespace Ocid.Storage.Records;

/// <summary>
/// The records of one kind from every file that has some: those that this store writes, first the one that new records go to, then those of
/// read-only stores. Of two records with one id the first counts, as among the peers.
/// </summary>
internal sealed class RecordSet<TRecord>(IReadOnlyList<RecordFile<TRecord>> writable, IReadOnlyList<RecordFile<TRecord>> readOnly, Func<TRecord, string> id, StoreLocks locks)
    where TRecord : class
{
    private volatile RecordsNow<TRecord> _now = new([], [], id);

    /// <summary>Everything as it is now, without waiting for a lock.</summary>
    public RecordsNow<TRecord> Now
    {
        get
        {
            var lists = writable.Concat(readOnly).Select(file => file.Current).ToArray();
            return _now is { } now && now.IsOf(lists) ? now : _now = new RecordsNow<TRecord>(lists, lists.SelectMany(list => list), id);
        }
    }

    /// <summary>Takes the locks of the files that are written, in their order.</summary>
    public async Task<RecordLocks> LockAsync(CancellationToken ct)
    {
        var held = new RecordLocks();
        try
        {
            foreach (var path in LockPaths)
                held.Add(await locks.AcquireAsync(path, ct));
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>As <see cref="LockAsync"/>, or null where anybody holds one.</summary>
    public RecordLocks? TryLock()
    {
        var held = new RecordLocks();
        foreach (var path in LockPaths)
        {
            if (FileLock.TryAcquire(path, FileLockMode.Exclusive) is not { } taken)
            {
                held.Dispose();
                return null;
            }

            held.Add(taken);
        }

        return held;
    }

    /// <summary>The records that may be changed while the locks are held.</summary>
    public RecordTable Load(RecordLocks held) => new([.. writable.Select(file => new RecordPage(file.ReadArray(), records => file.Save(held.Of(file.LockPath), records)))]);

    /// <summary>The record of this id in a read-only store.</summary>
    public TRecord? FindReadOnly(string wanted) => readOnly.SelectMany(file => file.Current).FirstOrDefault(record => id(record) == wanted);

    private IEnumerable<string> LockPaths => writable.Select(file => file.LockPath).Distinct();
}
