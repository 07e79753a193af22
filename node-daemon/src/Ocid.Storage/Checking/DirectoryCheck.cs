using Ocid.Storage.Drivers;
using Ocid.Storage.Layers;
using Ocid.Storage.Records;

namespace Ocid.Storage.Checking;

/// <summary>Looks whether the directories of layers are as the driver needs them, and what in the store belongs to nobody.</summary>
internal sealed class DirectoryCheck(StorePaths paths, ILayerDriver driver, LayerRecords layers, CheckedRecords records, Discarded discarded)
{
    // A pull of another program commits its layers before its image.
    private static readonly TimeSpan s_unused = TimeSpan.FromDays(1);

    public IEnumerable<Finding> Run() => HalfMade().Concat(Problems()).Concat(Unused()).Concat(Unrecorded()).Concat(Strays()).Concat(Data.Find());

    private UnrecordedData Data => new(paths, id => records.Layers.Find(id) is not null, id => records.Images.Find(id) is not null, id => records.Containers.Find(id) is not null);

    private IEnumerable<Finding> HalfMade() => records.Layers.All.Where(layer => layer.Flag(LayerRecords.Incomplete) && LayerId.TryParse(layer.Text("id"), out _)).ToList()
        .Select(layer => Finding.Garbage(
            $"layer {layer.Text("id")}", "half made or half removed by a program that ended", () => layers.Delete(records.Layers, LayerId.Parse(layer.Text("id")!), discarded)));

    private IEnumerable<Finding> Problems()
    {
        // Parents first: what a child's list should be, its parent's says.
        foreach (var layer in ParentsFirst(records.Layers.All.Where(record => !record.Flag(LayerRecords.Incomplete)).Select(LayerJson.Read).OfType<LayerRecord>()))
        {
            foreach (var problem in driver.Problems(layer.Id, layer.Parent))
                yield return new Finding(
                    new StoreProblem(ProblemKind.Directory, $"layer {layer.Id}", problem) { DamagedLayer = layer.DiffId is not null && !Directory.Exists(driver.Diff(layer.Id)) ? layer.Id : null },
                    () => driver.Mend(layer.Id, layer.Parent));
        }
    }

    private IEnumerable<Finding> Unused()
    {
        var all = records.Layers.All.Where(layer => !layer.Flag(LayerRecords.Incomplete)).Select(LayerJson.Read).OfType<LayerRecord>().DistinctBy(layer => layer.Id).ToDictionary(layer => layer.Id.Value);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var top in records.Images.All.SelectMany(image => image.Texts("mapped-layers").Append(image.Text("layer"))).Concat(records.Containers.All.Select(container => container.Text("layer"))))
        {
            for (var at = top; at is not null && used.Add(at) && all.TryGetValue(at, out var layer);)
                at = layer.Parent?.Value;
        }

        var old = DateTimeOffset.UtcNow - s_unused;
        return ParentsFirst(all.Values).Reverse().Where(layer => !used.Contains(layer.Id.Value) && layer.Created < old)
            .Select(layer => Finding.Garbage($"layer {layer.Id}", "no image and no container has had it for a day", () => layers.Delete(records.Layers, layer.Id, discarded)));
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
        .Select(id => Finding.Garbage($"layer {id}", "a directory without a record", () => driver.Remove(id, discarded)));

    private IEnumerable<Finding> Strays() => driver.Strays().ToList().Select(path => Finding.Garbage(path, "a short link to no layer", () => File.Delete(path)));
}
