using Ocid.Linux.Mounting;
using Ocid.Linux.Namespaces;

namespace Ocid.Storage.Overlay;

/// <summary>
/// Views of the places where layers are, with the owners that a user namespace gives them, for as long as an overlay is being mounted: it has mounts of
/// its own of what it was given. Made with the lock of the mount points held. They are not beneath the layers, where a removal of what a crash left could
/// reach into one.
/// </summary>
internal sealed class MappedHomes : IDisposable
{
    private readonly IReadOnlyList<string> _homes;
    private readonly IReadOnlyList<string> _views;

    public MappedHomes(StorePaths paths, PinnedUserNamespace users)
    {
        _homes = [.. paths.Homes.Where(Directory.Exists)];
        _views = [.. _homes.Select((_, at) => Path.Combine(paths.MountPointsDirectory, "mapped", $"{at}"))];
        Dispose();
        try
        {
            foreach (var (home, view) in _homes.Zip(_views))
                IdMappedMounts.Bind(home, Directory.CreateDirectory(view, OverlayModes.Private).FullName, users, recursive: false);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The view of the store's own place.</summary>
    public string Own => _views[0];

    /// <summary>The same layers in the views: what is relative is so to <see cref="Own"/>.</summary>
    public IReadOnlyList<string> Map(IReadOnlyList<string> lower) => [.. lower.Select(Map)];

    public void Dispose()
    {
        foreach (var view in _views.Where(Directory.Exists))
        {
            while (Mounts.Unmount(view, detach: true))
            {
            }
        }
    }

    private string Map(string lower)
    {
        if (!Path.IsPathRooted(lower))
            return lower;
        var at = _homes.ToList().FindIndex(home => lower.StartsWith(home + "/", StringComparison.Ordinal));
        return Path.Combine(_views[at], Path.GetRelativePath(_homes[at], lower));
    }
}
