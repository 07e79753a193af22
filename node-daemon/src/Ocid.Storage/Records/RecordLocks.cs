using Ocid.Linux;

namespace Ocid.Storage.Records;

/// <summary>The held locks of the files of one kind of records.</summary>
internal sealed class RecordLocks : IDisposable
{
    private readonly List<FileLock> _held = [];

    public void Add(FileLock held) => _held.Add(held);

    public FileLock Of(string path) => _held.First(held => held.Path == path);

    public void Dispose()
    {
        for (var at = _held.Count - 1; at >= 0; at--)
            _held[at].Dispose();
    }
}
