using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Storage.Records;

namespace Ocid.Storage.Overlay;

/// <summary>
/// Mounts of layers, counted in <c>mountpoints.json</c> so that every program knows them. Called with <c>storage.lock</c> and
/// <c>layers.lock</c> held: Debian 12's podman writes the counts it has in memory back while it holds the latter.
/// </summary>
internal sealed class MountPoints(StorePaths paths, OverlayDirectories directories, IReadOnlyList<string> mountOptions)
{
    private const int ReleaseAttempts = 10;
    private static readonly TimeSpan ReleaseDelay = TimeSpan.FromMilliseconds(20);

    private readonly RecordFile<JsonObject> _file = new(
        Path.Combine(paths.MountPointsDirectory, "mountpoints.json"), Path.Combine(paths.MountPointsDirectory, "mountpoints.lock"), durable: false, static record => record);

    public async Task<string> MountAsync(LayerId layer, CancellationToken ct)
    {
        using var held = await _file.LockAsync(ct);
        var mounts = _file.ReadArray();
        var merged = paths.Merged(layer);
        var entry = mounts.Find(layer.Value);
        if (MountTable.IsMountPoint(merged))
        {
            Count(mounts, ref entry, layer, merged, Math.Max(0, entry?.Number("count") ?? 0) + 1);
        }
        else
        {
            await MountOverlayAsync(layer, merged);
            // A count that outlived its mount, by a reboot, says nothing about this one.
            Count(mounts, ref entry, layer, merged, 1);
        }

        _file.Save(held, mounts);
        return merged;
    }

    /// <summary>Takes one user away, or with <paramref name="force"/> all; the last unmounts. Not mounted is no error.</summary>
    public async Task UnmountAsync(LayerId layer, bool force, CancellationToken ct)
    {
        using var held = await _file.LockAsync(ct);
        var mounts = _file.ReadArray();
        var entry = mounts.Find(layer.Value);
        if (!force && entry?.Number("count") is > 1 and var count)
        {
            entry["count"] = count - 1;
            _file.Save(held, mounts);
            return;
        }

        Mounts.Unmount(paths.Merged(layer), detach: true);
        if (entry is not null)
        {
            mounts.Remove(entry);
            _file.Save(held, mounts);
        }
    }

    /// <summary>
    /// Takes away the bind mount of <c>overlay/</c> that mounting made, unless something is still mounted beneath it or a peer
    /// uses it. A root that was detached a moment ago keeps it busy until the kernel has let go.
    /// </summary>
    public async Task ReleaseHomeAsync(CancellationToken ct)
    {
        using var held = await _file.LockAsync(ct);
        for (var attempt = 0; attempt < ReleaseAttempts && !TryReleaseHome(); attempt++)
            await Task.Delay(ReleaseDelay, ct);
    }

    private bool TryReleaseHome()
    {
        var beneath = paths.Overlay + "/";
        if (!MountTable.IsMountPoint(paths.Overlay) || MountTable.Read().Any(mount => mount.MountPoint.StartsWith(beneath, StringComparison.Ordinal)))
            return true;
        try
        {
            Mounts.Unmount(paths.Overlay);
            return true;
        }
        catch (LinuxException busy) when (busy.Errno == Errno.EBUSY)
        {
            return false;
        }
    }

    private async Task MountOverlayAsync(LayerId layer, string merged)
    {
        MakeHomePrivate();
        Directory.CreateDirectory(merged, OverlayModes.Private);
        TreeRemoval.Remove(Path.Combine(paths.Layer(layer), "work", "work", "incompat", "volatile"));
        var options = OverlayOptions.Parse(mountOptions);
        await Mounts.OverlayAsync(new OverlayMount
        {
            Directory = paths.Overlay,
            Target = merged,
            Lower = directories.Lower(layer),
            Upper = Path.Combine(layer.Value, "diff"),
            Work = Path.Combine(layer.Value, "work"),
            Flags = options.Flags,
            Options = options.Parameters,
        });
    }

    // Peers bind overlay onto itself when they start, which would hide what we mounted beneath before.
    private void MakeHomePrivate()
    {
        if (!MountTable.IsMountPoint(paths.Overlay))
            Mounts.Bind(paths.Overlay, paths.Overlay);
        Mounts.SetPropagation(paths.Overlay, MountOptions.Private);
    }

    private static void Count(JsonArray mounts, ref JsonObject? entry, LayerId layer, string path, long count)
    {
        if (entry is null)
            mounts.Add((JsonNode)(entry = new JsonObject { ["id"] = layer.Value }));
        entry["path"] = path;
        entry["count"] = count;
    }
}
