using Ocid.Linux;
using Ocid.Storage.Drivers;
using Ocid.Storage.Layers;
using Ocid.Storage.Overlay;

namespace Ocid.Storage.Vfs;

/// <summary>
/// Layers as the peers' vfs driver keeps them: each is a whole tree, a copy of its parent's with its own changes made. It needs nothing of the kernel; where
/// the file system can (btrfs, xfs) the copies share their blocks.
/// </summary>
internal sealed class VfsDriver(StorePaths paths, bool durable) : ILayerDriver
{
    private const string Trees = "dir";

    public bool TreesAreWhole => true;

    public void Prepare()
    {
        foreach (var home in paths.WritableHomes)
            Directory.CreateDirectory(Path.Combine(home, Trees), OverlayModes.Private);
    }

    public string Diff(LayerId id) =>
        paths.Homes.Select(home => Tree(home, id)).FirstOrDefault(Directory.Exists) ?? Tree(paths.Home, id);

    public string MountPoint(LayerId id) => Diff(id);

    public void Create(LayerId id, LayerId? parent, string? stagedDiff, Discarded discarded)
    {
        Remove(id, discarded);
        var home = stagedDiff is null ? paths.Home : paths.ImageHome;
        var tree = Tree(home, id);
        using (var root = RootedDirectory.Open(Path.GetDirectoryName(tree)!))
        using (var directory = root.OpenDirectory(""))
        {
            directory.CreateDirectory(id.Value);
            directory.SetPermissions(id.Value, 0x16D /* 0555 */);
        }

        if (parent is not null)
            TreeCopy.Copy(Diff(parent), tree);
        if (stagedDiff is not null)
            TreeMerge.Merge(stagedDiff, tree);
        // What was copied is not among what was synced before.
        if (durable && stagedDiff is not null)
            FileSystems.Sync(home);
    }

    public void Replace(LayerId id, LayerId? parent, string stagedDiff, Discarded discarded) => Create(id, parent, stagedDiff, discarded);

    public void Remove(LayerId id, Discarded discarded)
    {
        foreach (var home in paths.WritableHomes)
            discarded.Take(Tree(home, id));
    }

    // A tree is always to be seen; who uses it is counted. It is a copy for its container alone, so that owners are shifted in place.
    public async Task<bool> MountAsync(LayerId id, LayerMount how)
    {
        if (how.Users is not null)
            await OwnThread.RunAsync(() => TreeShift.Shift(Diff(id), how.Users));
        return false;
    }

    public void Unmount(LayerId id)
    {
    }

    public bool TryRelease() => true;

    public IEnumerable<LayerId> Stored() => paths.WritableHomes.SelectMany(home => Directory.EnumerateDirectories(Path.Combine(home, Trees)))
        .Select(directory => LayerId.TryParse(Path.GetFileName(directory), out var id) ? id : null).OfType<LayerId>();

    public IEnumerable<string> Strays() => [];

    public IEnumerable<string> Problems(LayerId id, LayerId? parent) => Directory.Exists(Diff(id)) ? [] : ["its directory is gone"];

    public void Mend(LayerId id, LayerId? parent)
    {
    }

    private static string Tree(string home, LayerId id) => Path.Combine(home, Trees, id.Value);
}
