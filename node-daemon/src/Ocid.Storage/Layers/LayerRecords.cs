using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Storage.Drivers;
using Ocid.Storage.Overlay;
using Ocid.Storage.Records;

namespace Ocid.Storage.Layers;

/// <summary>
/// <c>DRIVER-layers</c>. A layer is made and deleted under the flag <c>incomplete</c>: whoever next writes deletes what still
/// has it, so that a crash at any point leaves a layer whole or absent.
/// </summary>
internal sealed class LayerRecords
{
    public const string Incomplete = "incomplete";

    private readonly StorePaths _paths;
    private readonly ILayerDriver _driver;
    private readonly bool _durable;
    private readonly Action<string> _reached;
    private volatile IReadOnlyList<LayerRecord> _whole = [];
    private volatile RecordsNow<LayerRecord>? _wholeOf;

    public LayerRecords(StorePaths paths, ILayerDriver driver, bool durable, Action<string> reached, StoreLocks locks, DiskReserve reserve)
    {
        (_paths, _driver, _durable, _reached) = (paths, driver, durable, reached);
        RecordFile<LayerRecord> In(string directory, string name = "layers.json", string? store = null) =>
            new(Path.Combine(directory, name), Path.Combine(directory, "layers.lock"), durable, (ref RecordReader reader) => LayerJson.Read(ref reader, store), reserve);

        var own = In(paths.LayersDirectory);
        // Containers that newer peers make with --rm have their layers here. Ours go to the stable file: Debian 12's programs know no other.
        var @volatile = In(paths.LayersDirectory, "volatile-layers.json");
        Set = new RecordSet<LayerRecord>(
            paths.HasImageStore ? [own, @volatile, In(paths.RecordsDirectory(paths.ImageRoot, "layers"))] : [own, @volatile],
            [.. paths.AdditionalRoots.Select(root => In(paths.RecordsDirectory(root, "layers"), store: root))],
            layer => layer.Id.Value,
            locks);
    }

    public RecordSet<LayerRecord> Set { get; }

    /// <summary>The layers that are whole, as they are now: the same list as long as nothing changes.</summary>
    public IReadOnlyList<LayerRecord> Whole
    {
        get
        {
            var now = Set.Now;
            if (_wholeOf != now)
                (_whole, _wholeOf) = ([.. now.All.Where(layer => !layer.Incomplete)], now);
            return _whole;
        }
    }

    /// <summary>The records to change, without what a crash left half made.</summary>
    public RecordTable Load(RecordLocks held, Discarded discarded)
    {
        var records = Set.Load(held);
        foreach (var left in records.All.Where(record => record.Flag(Incomplete)).ToList())
        {
            if (LayerId.TryParse(left.Text("id"), out var id))
                Delete(records, id, discarded);
        }

        return records;
    }

    /// <summary>Whether there is such a layer, in this store or one that it only reads.</summary>
    public bool Has(RecordTable records, string id) => records.Find(id) is not null || Set.FindReadOnly(id) is { Incomplete: false };

    /// <summary>Adds a layer; <paramref name="record"/> has its members but for id, parent, created and flags.</summary>
    public void Add(RecordTable records, LayerId id, LayerId? parent, JsonObject record, LayerStaging? staged, Discarded discarded)
    {
        var whole = new JsonObject { ["id"] = id.Value };
        if (parent is not null)
            whole["parent"] = parent.Value;
        whole["created"] = JsonMembers.Text(DateTimeOffset.UtcNow);
        foreach (var (name, value) in record)
            whole[name] = value?.DeepClone();
        whole["flags"] = new JsonObject { [Incomplete] = true };
        records.Add(whole, staged is not null && _paths.HasImageStore ? 2 : 0);
        records.Save(whole);
        _reached("layer recorded incomplete");

        // From here on it is no layer to be taken up by another pull.
        staged?.UsedUp();
        _driver.Create(id, parent, staged?.DiffPath, discarded);
        _reached("layer directory made");
        if (staged is not null && File.Exists(staged.TarSplitPath))
            PlaceTarSplit(staged.TarSplitPath, id);
        _reached("tar-split placed");
        whole.Remove("flags");
        records.Save(whole);
        _reached("layer complete");
    }

    /// <summary>Puts a layer's record of its archive where every program looks for it.</summary>
    public void PlaceTarSplit(string staged, LayerId id)
    {
        File.SetUnixFileMode(staged, AtomicFile.Private);
        File.Move(staged, _paths.TarSplit(id), overwrite: true);
        if (_durable)
            FileSystems.SyncDirectory(_paths.LayersDirectory);
    }

    public void Delete(RecordTable records, LayerId id, Discarded discarded)
    {
        if (records.Find(id.Value) is not { } record)
            return;
        if (!record.Flag(Incomplete))
        {
            MarkIncomplete(record);
            records.Save(record);
        }

        RemoveFiles(id, discarded);
        records.Remove(record);
    }

    /// <summary>Deletes every layer, with two writes for all: a store may have thousands.</summary>
    public void DeleteAll(RecordTable records, Discarded discarded)
    {
        var all = records.All.ToList();
        foreach (var record in all)
            MarkIncomplete(record);
        records.Save(all);
        foreach (var record in all)
        {
            if (LayerId.TryParse(record.Text("id"), out var id))
                RemoveFiles(id, discarded);
        }

        records.RemoveAll();
    }

    private void RemoveFiles(LayerId id, Discarded discarded)
    {
        _driver.Remove(id, discarded);
        foreach (var root in new[] { _paths.Root, _paths.ImageRoot }.Distinct())
        {
            File.Delete(Path.Combine(_paths.RecordsDirectory(root, "layers"), id.Value + ".tar-split.gz"));
            TreeRemoval.Remove(Path.Combine(_paths.RecordsDirectory(root, "layers"), id.Value));
        }
    }

    private static void MarkIncomplete(JsonObject record)
    {
        if (record["flags"] is not JsonObject flags)
            record["flags"] = flags = [];
        flags[Incomplete] = true;
    }
}
