using System.Security.Cryptography;
using System.Text;
using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Linux.Namespaces;
using Ocid.Primitives;
using Ocid.Storage.Drivers;
using Ocid.Storage.Layers;

namespace Ocid.Storage.Overlay;

/// <summary>Layers as the peers' overlay driver keeps them: each has a directory with its own files, a short link to it, and the list of those below.</summary>
internal sealed class OverlayDriver(StorePaths paths, IReadOnlyList<string> mountOptions, bool durable, DiskReserve reserve) : ILayerDriver
{
    private readonly LayerLinks _links = new(paths);

    public bool TreesAreWhole => false;

    public void Prepare()
    {
        foreach (var home in paths.WritableHomes)
            Directory.CreateDirectory(LayerLinks.Directory(home), OverlayModes.Public);
    }

    public string Diff(LayerId id) => Path.Combine(_links.Layer(id), "diff");

    public string MountPoint(LayerId id) => Path.Combine(_links.Layer(id), "merged");

    public void Create(LayerId id, LayerId? parent, string? stagedDiff, Discarded discarded)
    {
        Remove(id, discarded);
        var home = stagedDiff is null ? paths.Home : paths.ImageHome;
        var directory = Path.Combine(home, id.Value);
        Directory.CreateDirectory(directory, OverlayModes.Private);
        if (stagedDiff is null)
            CreateDiff(directory, parent);
        else
            Directory.Move(stagedDiff, Path.Combine(directory, "diff"));

        var link = RandomNumberGenerator.GetString(LayerLinks.Alphabet, LayerLinks.Length);
        // The file first: a short link that no layer names would outlive a power cut, and nobody could tell whose it was.
        WriteText(Path.Combine(directory, "link"), link);
        LayerLinks.Make(home, link, id);
        Directory.CreateDirectory(Path.Combine(directory, "work"), OverlayModes.Private);
        Directory.CreateDirectory(Path.Combine(directory, "merged"), OverlayModes.Private);
        if (parent is null)
            Directory.CreateDirectory(Path.Combine(directory, "empty"), OverlayModes.Private);
        else
            WriteText(Path.Combine(directory, "lower"), string.Join(':', _links.Stack(parent)));

        if (!durable)
            return;
        FileSystems.SyncDirectory(directory);
        FileSystems.SyncDirectory(LayerLinks.Directory(home));
        FileSystems.SyncDirectory(home);
    }

    public void Replace(LayerId id, LayerId? parent, string stagedDiff, Discarded discarded)
    {
        var layer = _links.Layer(id);
        if (LayerLinks.Read(layer) is null)
        {
            Create(id, parent, stagedDiff, discarded);
            return;
        }

        discarded.Take(Path.Combine(layer, "diff"));
        Directory.Move(stagedDiff, Path.Combine(layer, "diff"));
        if (durable)
            FileSystems.SyncDirectory(layer);
    }

    public void Remove(LayerId id, Discarded discarded)
    {
        foreach (var home in paths.WritableHomes)
        {
            var directory = Path.Combine(home, id.Value);
            if (LayerLinks.Read(directory) is { } link)
                File.Delete(Path.Combine(LayerLinks.Directory(home), link));
            // Deleting must not reach into a mount that somebody left there.
            while (Mounts.Unmount(Path.Combine(directory, "merged"), detach: true))
            {
            }

            discarded.Take(directory);
        }
    }

    public async Task<bool> MountAsync(LayerId id, LayerMount how)
    {
        if (MountTable.IsMountPoint(MountPoint(id)))
            return false;
        MakeHomePrivate();
        var layer = _links.Layer(id);
        Directory.CreateDirectory(Path.Combine(layer, "merged"), OverlayModes.Private);
        TreeRemoval.Remove(Path.Combine(layer, "work", "work", "incompat", "volatile"));
        var lower = _links.Lower(id);
        if (how.Users is null)
            await MountAsync(id, paths.Home, lower, how);
        else
            await MountForAsync(id, lower, how, how.Users);
        return true;
    }

    public void Unmount(LayerId id) => Mounts.Unmount(MountPoint(id), detach: true);

    public bool TryRelease()
    {
        var beneath = paths.Home + "/";
        if (!MountTable.IsMountPoint(paths.Home) || MountTable.Read().Any(mount => mount.MountPoint.StartsWith(beneath, StringComparison.Ordinal)))
            return true;
        try
        {
            Mounts.Unmount(paths.Home);
            return true;
        }
        catch (LinuxException busy) when (busy.Errno == Errno.EBUSY)
        {
            return false;
        }
    }

    public IEnumerable<LayerId> Stored() => paths.WritableHomes.SelectMany(Directory.EnumerateDirectories)
        .Select(directory => LayerId.TryParse(Path.GetFileName(directory), out var id) ? id : null).OfType<LayerId>();

    public IEnumerable<string> Strays() => paths.WritableHomes.SelectMany(LayerLinks.Dangling);

    public IEnumerable<string> Problems(LayerId id, LayerId? parent)
    {
        var layer = _links.Layer(id);
        if (!Directory.Exists(layer))
            return ["its directory is gone"];
        var found = new List<string>();
        if (!Directory.Exists(Path.Combine(layer, "diff")))
            found.Add("its files (diff) are gone");
        if (LayerLinks.Read(layer) is not { } link)
            found.Add("its short link (link) is gone");
        else if (!_links.Leads(link, id))
            found.Add($"its short link l/{link} does not lead to it");
        if (parent is not null && !_links.IsStackedOn(id, parent))
            found.Add("its list of lower layers (lower) is not that of its parent");
        return found;
    }

    public void Mend(LayerId id, LayerId? parent)
    {
        var layer = _links.Layer(id);
        if (!Directory.Exists(layer))
            return;
        if (LayerLinks.Read(layer) is null)
            WriteText(Path.Combine(layer, "link"), RandomNumberGenerator.GetString(LayerLinks.Alphabet, LayerLinks.Length));
        _links.Restore();
        if (parent is not null && LayerLinks.Read(_links.Layer(parent)) is not null && !_links.IsStackedOn(id, parent))
            WriteText(Path.Combine(layer, "lower"), string.Join(':', _links.Stack(parent)));
    }

    // A child's root has the owner and mode of its parent's, which overlay shows once the child is on top.
    private void CreateDiff(string layer, LayerId? parent)
    {
        using var root = RootedDirectory.Open(layer);
        using var directory = root.OpenDirectory(".");
        directory.CreateDirectory("diff");
        directory.SetPermissions("diff", 0x16D /* 0555 */);
        if (parent is null)
            return;
        using var above = RootedDirectory.Open(_links.Layer(parent));
        if (above.Status("diff") is not { } status)
            return;
        directory.SetOwner("diff", status.UserId, status.GroupId);
        directory.SetPermissions("diff", status.Permissions);
    }

    // What the container writes has the namespace's owners on disk: the writable layer is not seen through a view, in which the kernel's own files of user 0
    // would have no owner.
    private async Task MountForAsync(LayerId id, IReadOnlyList<string> lower, LayerMount how, PinnedUserNamespace users)
    {
        GiveRootTo(_links.Layer(id), lower[0], users);
        var copy = new ShiftedLayers(paths, id);
        if (!copy.Exists)
        {
            try
            {
                using var mapped = new MappedHomes(paths, users);
                await MountAsync(id, mapped.Own, mapped.Map(lower), how);
                return;
            }
            catch (LinuxException unable) when (ShiftedLayers.HelpAgainst(unable))
            {
            }
        }

        await MountAsync(id, paths.Home, [await copy.MakeAsync(lower, users)], how);
    }

    private Task MountAsync(LayerId id, string lowerHome, IReadOnlyList<string> lower, LayerMount how)
    {
        var (layer, options) = (_links.Layer(id), OverlayOptions.Parse(mountOptions));
        return Mounts.OverlayAsync(new OverlayMount
        {
            Directory = lowerHome,
            Target = Path.Combine(layer, "merged"),
            Lower = lower,
            Upper = lowerHome == paths.Home ? Path.Combine(id.Value, "diff") : Path.Combine(layer, "diff"),
            Work = lowerHome == paths.Home ? Path.Combine(id.Value, "work") : Path.Combine(layer, "work"),
            Flags = options.Flags | (how.ReadOnly ? MountOptions.ReadOnly : MountOptions.None),
            Options = how.Volatile && !options.Parameters.Contains("volatile") ? [.. options.Parameters, "volatile"] : options.Parameters,
            Label = how.Label,
        });
    }

    // Overlay shows the owner of the topmost root.
    private void GiveRootTo(string layer, string lower, PinnedUserNamespace users)
    {
        var below = FileStatus.Of(Path.Combine(paths.Home, lower)) ?? throw new OcidException(ErrorKind.DataLoss, $"layer {Path.GetFileName(layer)}: the layer below it is gone");
        using var root = RootedDirectory.Open(layer);
        using var directory = root.OpenDirectory(".");
        directory.SetOwner("diff", users.RootUid + below.UserId, users.RootGid + below.GroupId);
        directory.SetPermissions("diff", below.Permissions);
    }

    // Peers bind overlay onto itself when they start, which would hide what we mounted beneath before.
    private void MakeHomePrivate()
    {
        if (!MountTable.IsMountPoint(paths.Home))
            Mounts.Bind(paths.Home, paths.Home);
        Mounts.SetPropagation(paths.Home, MountOptions.Private);
    }

    private void WriteText(string path, string text) => reserve.Run(() => AtomicFile.Write(path, Encoding.ASCII.GetBytes(text), OverlayModes.PublicFile, durable));
}
