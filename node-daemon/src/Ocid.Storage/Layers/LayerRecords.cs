using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Storage.Overlay;
using Ocid.Storage.Records;

namespace Ocid.Storage.Layers;

/// <summary>
/// <c>overlay-layers</c>. A layer is made and deleted under the flag <c>incomplete</c>: whoever next writes deletes what still
/// has it, so that a crash at any point leaves a layer whole or absent.
/// </summary>
internal sealed class LayerRecords(StorePaths paths, OverlayDirectories directories, bool durable, Action<string> reached)
{
    private const string Incomplete = "incomplete";

    public RecordFile<LayerRecord> File { get; } = new(
        Path.Combine(paths.LayersDirectory, "layers.json"), Path.Combine(paths.LayersDirectory, "layers.lock"), durable, Read);

    /// <summary>The records to change, without what a crash left half made.</summary>
    public JsonArray Load(FileLock held, Discarded discarded)
    {
        var records = File.ReadArray();
        foreach (var left in records.OfType<JsonObject>().Where(record => record.Flag(Incomplete)).ToList())
        {
            if (LayerId.TryParse(left.Text("id"), out var id))
                Delete(held, records, id, discarded);
        }

        return records;
    }

    /// <summary>Adds a layer; <paramref name="record"/> has its members but for id, parent, created and flags.</summary>
    public void Add(FileLock held, JsonArray records, LayerId id, LayerId? parent, JsonObject record, LayerStaging? staged, Discarded discarded)
    {
        var whole = new JsonObject { ["id"] = id.Value };
        if (parent is not null)
            whole["parent"] = parent.Value;
        whole["created"] = JsonMembers.Text(DateTimeOffset.UtcNow);
        foreach (var (name, value) in record)
            whole[name] = value?.DeepClone();
        whole["flags"] = new JsonObject { [Incomplete] = true };
        records.Add((JsonNode)whole);
        File.Save(held, records);
        reached("layer recorded incomplete");

        directories.Create(id, parent, staged?.DiffPath, discarded);
        reached("layer directory made");
        if (staged is not null && System.IO.File.Exists(staged.TarSplitPath))
        {
            System.IO.File.SetUnixFileMode(staged.TarSplitPath, AtomicFile.Private);
            System.IO.File.Move(staged.TarSplitPath, paths.TarSplit(id), overwrite: true);
            if (durable)
                FileSystems.SyncDirectory(paths.LayersDirectory);
        }

        reached("tar-split placed");
        whole.Remove("flags");
        File.Save(held, records);
        reached("layer complete");
    }

    public void Delete(FileLock held, JsonArray records, LayerId id, Discarded discarded)
    {
        if (records.Find(id.Value) is not { } record)
            return;
        if (!record.Flag(Incomplete))
        {
            if (record["flags"] is not JsonObject flags)
                record["flags"] = flags = [];
            flags[Incomplete] = true;
            File.Save(held, records);
        }

        directories.Remove(id, discarded);
        System.IO.File.Delete(paths.TarSplit(id));
        TreeRemoval.Remove(Path.Combine(paths.LayersDirectory, id.Value));
        records.Remove(record);
        File.Save(held, records);
    }

    public static LayerRecord? Read(JsonObject record) => !LayerId.TryParse(record.Text("id"), out var id) ? null : new LayerRecord
    {
        Id = id,
        Parent = LayerId.TryParse(record.Text("parent"), out var parent) ? parent : null,
        DiffId = record.Digest("diff-digest"),
        UncompressedSize = record.Number("diff-size"),
        CompressedDigest = record.Digest("compressed-diff-digest"),
        CompressedSize = record.Number("compressed-size"),
        Created = record.Time("created"),
        Metadata = record.Text("metadata") ?? "",
        Incomplete = record.Flag(Incomplete),
    };

    /// <summary>What containers/image records of a layer that came as a blob.</summary>
    public static JsonObject Members(CommittedLayer layer)
    {
        var members = new JsonObject();
        if (layer.CompressedDigest is not null)
            (members["compressed-diff-digest"], members["compressed-size"]) = (layer.CompressedDigest.ToString(), layer.CompressedSize);
        (members["diff-digest"], members["diff-size"]) = (layer.DiffId.ToString(), layer.UncompressedSize);
        if (layer.Compression != LayerCompression.None)
            members["compression"] = (int)layer.Compression;
        if (layer.UserIds.Count > 0)
            members["uidset"] = JsonMembers.Array(layer.UserIds);
        if (layer.GroupIds.Count > 0)
            members["gidset"] = JsonMembers.Array(layer.GroupIds);
        return members;
    }
}
