using Ocid.Linux;

namespace Ocid.Storage.Layers;

/// <summary>Directories renamed out of the way, deleted when disposed: that takes long and needs no lock of the store.</summary>
/// <param name="areas">Where things can be moved to, one for each place that layers are in.</param>
internal sealed class Discarded(IReadOnlyList<StagingArea> areas) : IDisposable, IAsyncDisposable
{
    private readonly Dictionary<StagingArea, Reservation> _reserved = [];
    private int _count;

    public void Take(string path)
    {
        if (!Directory.Exists(path))
            return;
        var area = areas.First(area => area.Holds(path));
        if (!_reserved.TryGetValue(area, out var reservation))
            _reserved.Add(area, reservation = area.Reserve());
        Directory.Move(path, Path.Combine(reservation.Directory, $"{_count++}"));
    }

    public void Dispose()
    {
        foreach (var (area, reservation) in _reserved)
        {
            area.Remove(reservation.Name);
            reservation.Held.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_reserved.Count > 0)
            await OwnThread.RunAsync(Dispose);
    }
}
