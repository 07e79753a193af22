using Ocid.Primitives;
using Ocid.Storage.Overlay;

namespace Ocid.Storage.Checking;

/// <summary>Finds the data beside records that are not there: what a program that was killed left. With the locks held it is nobody's.</summary>
/// <param name="paths">The store.</param>
/// <param name="hasLayer">Whether a layer is recorded.</param>
/// <param name="hasImage">Whether an image is.</param>
/// <param name="hasContainer">Whether a container is.</param>
internal sealed class UnrecordedData(StorePaths paths, Func<string, bool> hasLayer, Func<string, bool> hasImage, Func<string, bool> hasContainer)
{
    private const string TarSplit = ".tar-split.gz";

    private static readonly string[] s_kinds = ["layers", "images", "containers"];

    public IEnumerable<Finding> Find() => LayerData().Concat(Data("images", hasImage)).Concat(Data("containers", id => !ContainerId.TryParse(id, out _) || hasContainer(id))).Concat(HalfWritten());

    private IEnumerable<string> Directories(string kind) =>
        new[] { paths.Root, paths.ImageRoot }.Distinct().Select(root => paths.RecordsDirectory(root, kind)).Where(Directory.Exists);

    private IEnumerable<Finding> LayerData() => Directories("layers").SelectMany(Directory.EnumerateFileSystemEntries)
        .Where(entry => LayerId.TryParse(Path.GetFileName(entry).Replace(TarSplit, "", StringComparison.Ordinal), out var id) && !hasLayer(id.Value)).ToList()
        .Select(entry => Finding.Garbage(entry, "data of a layer that is not recorded", () => Remove(entry)));

    private IEnumerable<Finding> Data(string kind, Func<string, bool> has) => Directories(kind).SelectMany(Directory.EnumerateDirectories)
        .Where(directory => !has(Path.GetFileName(directory))).ToList()
        .Select(directory => Finding.Garbage(directory, $"data of one of the {kind} that is not recorded", () => TreeRemoval.Remove(directory)));

    private IEnumerable<Finding> HalfWritten() => s_kinds.SelectMany(Directories).SelectMany(directory => Directory.EnumerateFiles(directory, ".tmp-*")).ToList()
        .Select(file => Finding.Garbage(file, "half written by a program that ended", () => File.Delete(file)));

    private static void Remove(string entry)
    {
        if (Directory.Exists(entry))
            TreeRemoval.Remove(entry);
        else
            File.Delete(entry);
    }
}
