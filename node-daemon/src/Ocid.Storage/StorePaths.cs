using Ocid.Storage.Overlay;

namespace Ocid.Storage;

/// <summary>
/// The tree of a store, the same for every program that shares it. Layers may be in several places: the store's own, the separate image store where
/// there is one, and the additional stores, which are never written.
/// </summary>
internal sealed class StorePaths(StoreOptions options)
{
    public string Root { get; } = options.Root;

    public string ImageRoot { get; } = options.ImageStore ?? options.Root;

    public bool HasImageStore => ImageRoot != Root;

    public IReadOnlyList<string> AdditionalRoots { get; } = [.. options.AdditionalImageStores.Where(root => root != options.Root && root != options.ImageStore).Distinct()];

    public string StorageLock => Path.Combine(Root, "storage.lock");

    public string Reserve => Path.Combine(Root, ".ocid-reserve");

    /// <summary>Where the driver keeps writable layers.</summary>
    public string Home { get; } = Path.Combine(options.Root, options.Driver);

    /// <summary>Where the driver keeps layers of images: the same place unless images have a store of their own.</summary>
    public string ImageHome { get; } = Path.Combine(options.ImageStore ?? options.Root, options.Driver);

    /// <summary>Every place where the driver may find a layer, in the order of the search.</summary>
    public IReadOnlyList<string> Homes => [.. WritableHomes, .. AdditionalRoots.Select(root => Path.Combine(root, options.Driver))];

    public IReadOnlyList<string> WritableHomes => HasImageStore ? [Home, ImageHome] : [Home];

    public string LayersDirectory => RecordsDirectory(Root, "layers");

    public string ImagesDirectory => RecordsDirectory(ImageRoot, "images");

    public string ContainersDirectory => RecordsDirectory(Root, "containers");

    public string RunContainersDirectory => RecordsDirectory(options.RunRoot, "containers");

    public string MountPointsDirectory => RecordsDirectory(options.RunRoot, "layers");

    public static string TempDirs(string home) => Path.Combine(home, "tempdirs");

    public string RecordsDirectory(string root, string kind) => Path.Combine(root, $"{options.Driver}-{kind}");

    /// <summary>A layer's tar-split record, wherever it is; where a new one goes if it is nowhere.</summary>
    public string TarSplit(LayerId id)
    {
        var name = id.Value + ".tar-split.gz";
        var own = Path.Combine(LayersDirectory, name);
        return File.Exists(own)
            ? own
            : AdditionalRoots.Prepend(ImageRoot).Select(root => Path.Combine(RecordsDirectory(root, "layers"), name)).FirstOrDefault(File.Exists) ?? own;
    }

    public void Create()
    {
        foreach (var directory in new[] { Root, options.RunRoot, LayersDirectory, ContainersDirectory, RunContainersDirectory, MountPointsDirectory, ImageRoot, ImagesDirectory, RecordsDirectory(Root, "images"), RecordsDirectory(ImageRoot, "layers") })
            Directory.CreateDirectory(directory, OverlayModes.Private);
        foreach (var home in WritableHomes)
            Directory.CreateDirectory(TempDirs(home), OverlayModes.Private);
    }
}
