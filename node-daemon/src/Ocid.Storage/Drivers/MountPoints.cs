using System.Text.Json.Nodes;
using Ocid.Storage.Records;

namespace Ocid.Storage.Drivers;

/// <summary>
/// Mounts of layers, counted in <c>mountpoints.json</c> so that every program knows them. Called with <c>storage.lock</c> and
/// <c>layers.lock</c> held: Debian 12's podman writes the counts it has in memory back while it holds the latter.
/// </summary>
internal sealed class MountPoints(StorePaths paths, ILayerDriver driver, StoreLocks locks, DiskReserve reserve)
{
    private const int ReleaseAttempts = 100;
    private static readonly TimeSpan ReleaseDelay = TimeSpan.FromMilliseconds(20);

    private readonly RecordFile<MountCount> _file = new(
        Path.Combine(paths.MountPointsDirectory, "mountpoints.json"), Path.Combine(paths.MountPointsDirectory, "mountpoints.lock"), durable: false, MountCount.Read, reserve);

    /// <summary>How often each layer is mounted, as the programs on the store count it.</summary>
    public IReadOnlyDictionary<string, long> Counts => _file.Current.GroupBy(entry => entry.Layer).ToDictionary(same => same.Key, same => same.Max(entry => entry.Count));

    public async Task<string> MountAsync(LayerId layer, LayerMount how, CancellationToken ct)
    {
        using var held = await locks.AcquireAsync(_file.LockPath, ct);
        var mounts = _file.ReadArray();
        var path = driver.MountPoint(layer);
        var entry = mounts.Find(layer.Value);
        // A count that outlived its mount, by a reboot, says nothing about a new one.
        var before = await driver.MountAsync(layer, how) ? 0 : Math.Max(0, entry?.Number("count") ?? 0);
        Count(mounts, ref entry, layer, path, before + 1);
        _file.Save(held, mounts);
        return path;
    }

    /// <summary>Takes one user away, or with <paramref name="force"/> all; the last unmounts. Not mounted is no error.</summary>
    public async Task UnmountAsync(LayerId layer, bool force, CancellationToken ct)
    {
        using var held = await locks.AcquireAsync(_file.LockPath, ct);
        var mounts = _file.ReadArray();
        var entry = mounts.Find(layer.Value);
        if (!force && entry?.Number("count") is > 1 and var count)
        {
            entry["count"] = count - 1;
            _file.Save(held, mounts);
            return;
        }

        driver.Unmount(layer);
        if (entry is not null)
        {
            mounts.Remove(entry);
            _file.Save(held, mounts);
        }
    }

    /// <summary>Forgets the counts of layers that are not there any more.</summary>
    public async Task ForgetAsync(IReadOnlyCollection<string> gone, CancellationToken ct)
    {
        using var held = await locks.AcquireAsync(_file.LockPath, ct);
        var mounts = _file.ReadArray();
        foreach (var entry in mounts.OfType<JsonObject>().Where(entry => entry.Text("id") is { } id && gone.Contains(id)).ToList())
            mounts.Remove(entry);
        _file.Save(held, mounts);
    }

    /// <summary>
    /// Takes away what mounting left, such as the bind mount of <c>overlay/</c>, unless something is still mounted beneath it or a peer
    /// uses it. A root that was detached a moment ago keeps it busy until the kernel has let go.
    /// </summary>
    public async Task ReleaseHomeAsync(CancellationToken ct)
    {
        using var held = await locks.AcquireAsync(_file.LockPath, ct);
        for (var attempt = 0; attempt < ReleaseAttempts && !driver.TryRelease(); attempt++)
            await Task.Delay(ReleaseDelay, ct);
    }

    private static void Count(JsonArray mounts, ref JsonObject? entry, LayerId layer, string path, long count)
    {
        if (entry is null)
            mounts.Add((JsonNode)(entry = new JsonObject { ["id"] = layer.Value }));
        entry["path"] = path;
        entry["count"] = count;
    }
}
