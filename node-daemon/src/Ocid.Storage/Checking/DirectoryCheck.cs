using Ocid.Storage.Drivers;
using Ocid.Storage.Layers;
using Ocid.Storage.Overlay;
using Ocid.Storage.Records;

namespace Ocid.Storage.Checking;

/// <summary>Looks whether the directories of layers are as the driver needs them, and what in the store belongs to nobody.</summary>
internal sealed class DirectoryCheck(StorePaths paths, ILayerDriver driver, LayerRecords layers, CheckedRecords records, Discarded discarded)
{
    private const string TarSplit = ".tar-split.gz";

    private static readonly string[] s_kinds = ["layers", "images", "containers"];

    // A pull of another program commits its layers before its image.
    private static readonly TimeSpan s_unused = TimeSpan.FromDays(1);

    public IEnumerable<Finding> Run() => HalfMade().Concat(Problems()).Concat(Unused()).Concat(Unrecorded()).Concat(Strays()).Concat(UnrecordedData());

    /// <summary>Data beside records that are not there: what a program that was killed left. With the locks held it is nobody's.</summary>
    public IEnumerable<Finding> UnrecordedData() => LayerData().Concat(Data("images", records.Images)).Concat(Data("containers", records.Containers)).Concat(HalfWritten());

    private IEnumerable<Finding> HalfMade() => records.Layers.All.Where(layer => layer.Flag(LayerRecords.Incomplete) && LayerId.TryParse(layer.Text("id"), out _)).ToList()
        .Select(layer => Garbage(
            $"layer {layer.Text("id")}", "half made or half removed by a program that ended", () => layers.Delete(records.Layers, LayerId.Parse(layer.Text("id")!), discarded)));

    private IEnumerable<Finding> Problems()
    {
        // Parents first: what a child's list should be, its parent's says.
        foreach (var layer in ParentsFirst(records.Layers.All.Where(record => !record.Flag(LayerRecords.Incomplete)).Select(LayerRecords.Read).OfType<LayerRecord>()))
        {
            foreach (var problem in driver.Problems(layer.Id, layer.Parent))
                yield return new Finding(
                    new StoreProblem(ProblemKind.Directory, $"layer {layer.Id}", problem) { DamagedLayer = layer.DiffId is not null && !Directory.Exists(driver.Diff(layer.Id)) ? layer.Id : null },
                    () => driver.Mend(layer.Id, layer.Parent));
        }
    }

    private IEnumerable<Finding> Unused()
    {
        var all = records.Layers.All.Where(layer => !layer.Flag(LayerRecords.Incomplete)).Select(LayerRecords.Read).OfType<LayerRecord>().DistinctBy(layer => layer.Id).ToDictionary(layer => layer.Id.Value);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var top in records.Images.All.SelectMany(image => image.Texts("mapped-layers").Append(image.Text("layer"))).Concat(records.Containers.All.Select(container => container.Text("layer"))))
        {
            for (var at = top; at is not null && used.Add(at) && all.TryGetValue(at, out var layer);)
                at = layer.Parent?.Value;
        }

        var old = DateTimeOffset.UtcNow - s_unused;
        return ParentsFirst(all.Values).Reverse().Where(layer => !used.Contains(layer.Id.Value) && layer.Created < old)
            .Select(layer => Garbage($"layer {layer.Id}", "no image and no container has had it for a day", () => layers.Delete(records.Layers, layer.Id, discarded)));
    }

    private static IEnumerable<LayerRecord> ParentsFirst(IEnumerable<LayerRecord> layers)
    {
        var all = layers.DistinctBy(layer => layer.Id).ToDictionary(layer => layer.Id);
        return all.Values.OrderBy(layer => Depth(layer, all));
    }

    private static int Depth(LayerRecord layer, Dictionary<LayerId, LayerRecord> all)
    {
        var depth = 0;
        for (var at = layer; at.Parent is not null && all.TryGetValue(at.Parent, out var parent) && depth <= all.Count; at = parent)
            depth++;
        return depth;
    }

    private IEnumerable<Finding> Unrecorded() => driver.Stored().Where(id => records.Layers.Find(id.Value) is null).ToList()
        .Select(id => Garbage($"layer {id}", "a directory without a record", () => driver.Remove(id, discarded)));

    private IEnumerable<Finding> Strays() => driver.Strays().ToList().Select(path => Garbage(path, "a short link to no layer", () => File.Delete(path)));

    private IEnumerable<Finding> LayerData() =>
        new[] { paths.Root, paths.ImageRoot }.Distinct().Select(root => paths.RecordsDirectory(root, "layers")).SelectMany(Directory.EnumerateFileSystemEntries)
            .Where(entry => LayerId.TryParse(Path.GetFileName(entry).Replace(TarSplit, "", StringComparison.Ordinal), out var id) && records.Layers.Find(id.Value) is null).ToList()
            .Select(entry => Garbage(entry, "data of a layer that is not recorded", () => Remove(entry)));

    private IEnumerable<Finding> Data(string kind, RecordTable table) =>
        new[] { paths.Root, paths.ImageRoot }.Distinct().Select(root => paths.RecordsDirectory(root, kind)).Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories)
            .Where(directory => table.Find(Path.GetFileName(directory)) is null).ToList()
            .Select(directory => Garbage(directory, $"data of one of the {kind} that is not recorded", () => TreeRemoval.Remove(directory)));

    private IEnumerable<Finding> HalfWritten() =>
        s_kinds.SelectMany(kind => new[] { paths.Root, paths.ImageRoot }.Distinct().Select(root => paths.RecordsDirectory(root, kind)))
            .Where(Directory.Exists).SelectMany(directory => Directory.EnumerateFiles(directory, ".tmp-*")).ToList()
            .Select(file => Garbage(file, "half written by a program that ended", () => File.Delete(file)));

    private static void Remove(string entry)
    {
        if (Directory.Exists(entry))
            TreeRemoval.Remove(entry);
        else
            File.Delete(entry);
    }

    private static Finding Garbage(string subject, string detail, Action remove) => new(new StoreProblem(ProblemKind.Garbage, subject, detail), remove);
}
