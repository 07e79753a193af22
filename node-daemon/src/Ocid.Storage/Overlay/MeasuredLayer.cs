using System.Diagnostics;

namespace Ocid.Storage.Overlay;

/// <summary>
/// What a writable layer held when its tree was last walked. It is walked again when a hundred times as long has passed as the walk took: statistics of a container with
/// a million files cost a hundredth of a processor, those of a small one are of this moment.
/// </summary>
internal sealed record MeasuredLayer(StorageUsage Usage, long Finished, TimeSpan Took)
{
    private const int RestPerWalk = 100;

    public bool Fresh => Stopwatch.GetElapsedTime(Finished) < Took * RestPerWalk;

    public static MeasuredLayer Of(string path)
    {
        var started = Stopwatch.GetTimestamp();
        var (bytes, inodes) = TreeUsage.Of(path);
        return new MeasuredLayer(new StorageUsage(path, bytes, inodes), Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(started));
    }
}
