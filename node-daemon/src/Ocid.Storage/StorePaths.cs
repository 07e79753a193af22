namespace Ocid.Storage;

/// <summary>The tree of a store, the same for every program that shares it.</summary>
internal sealed class StorePaths(string root, string runRoot)
{
    public string Root { get; } = root;

    public string StorageLock => Path.Combine(Root, "storage.lock");

    public string Overlay => Path.Combine(Root, "overlay");

    public string Links => Path.Combine(Overlay, "l");

    public string TempDirs => Path.Combine(Overlay, "tempdirs");

    public string LayersDirectory => Path.Combine(Root, "overlay-layers");

    public string ImagesDirectory => Path.Combine(Root, "overlay-images");

    public string ContainersDirectory => Path.Combine(Root, "overlay-containers");

    public string RunContainersDirectory => Path.Combine(runRoot, "overlay-containers");

    public string MountPointsDirectory => Path.Combine(runRoot, "overlay-layers");

    public string Layer(LayerId id) => Path.Combine(Overlay, id.Value);

    public string Diff(LayerId id) => Path.Combine(Layer(id), "diff");

    public string Merged(LayerId id) => Path.Combine(Layer(id), "merged");

    public string TarSplit(LayerId id) => Path.Combine(LayersDirectory, id.Value + ".tar-split.gz");

    public void Create()
    {
        foreach (var directory in new[] { Root, runRoot, Overlay, TempDirs, LayersDirectory, ImagesDirectory, ContainersDirectory, RunContainersDirectory, MountPointsDirectory })
            Directory.CreateDirectory(directory, Storage.Overlay.OverlayModes.Private);
        Directory.CreateDirectory(Links, Storage.Overlay.OverlayModes.Public);
    }
}
