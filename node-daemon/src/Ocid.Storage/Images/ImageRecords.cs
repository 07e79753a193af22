using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage.Overlay;
using Ocid.Storage.Records;

namespace Ocid.Storage.Images;

/// <summary><c>DRIVER-images</c>: the records, and a directory of big data for each image.</summary>
internal sealed class ImageRecords(StorePaths paths, bool durable, StoreLocks locks, DiskReserve reserve)
{
    public RecordSet<ImageRecord> Set { get; } = new(
        [.. new[] { paths.ImageRoot, paths.Root }.Distinct().Select(root => In(paths, root, durable, reserve, store: null))],
        [.. paths.AdditionalRoots.Select(root => In(paths, root, durable, reserve, store: root))],
        image => image.Id,
        locks);

    /// <summary>Big data becomes durable before the record names it.</summary>
    public void Put(RecordLocks held, ImageCommit image, LayerId? topLayer)
    {
        var records = Set.Load(held);
        var record = records.Find(image.Id.Value);
        if (record is null)
        {
            record = new JsonObject { ["id"] = image.Id.Value };
            records.Add(record);
        }

        if (image.Digest is not null)
            record["digest"] = image.Digest.ToString();
        if (topLayer is not null)
            record["layer"] = topLayer.Value;
        if (image.Metadata.Length > 0)
            record["metadata"] = image.Metadata;
        record["created"] = JsonMembers.Text(image.Created ?? DateTimeOffset.UtcNow);
        foreach (var flag in image.Flags)
            Member(record, "flags")[flag] = true;
        foreach (var data in image.BigData)
            WriteBigData(record, image.Id.Value, data);
        Name(records, record, record.Texts("names").Concat(image.Names));
    }

    public void PutBigData(RecordLocks held, ImageId id, ImageBigData data)
    {
        var (records, record) = Find(held, id);
        WriteBigData(record, id.Value, data);
        records.Save(record);
    }

    public void SetNames(RecordLocks held, ImageId id, IReadOnlyList<string> names, bool keepFormer)
    {
        var (records, record) = Find(held, id);
        Name(records, record, keepFormer ? record.Texts("names").Concat(names) : names);
    }

    public void Delete(RecordTable records, JsonObject record)
    {
        records.Remove(record);
        if (record.Text("id") is not { Length: > 0 } id || id != Path.GetFileName(id) || id is "." or "..")
            return;
        foreach (var directory in Directories(id).Where(_ => records.Find(id) is null))
            TreeRemoval.Remove(directory);
    }

    /// <summary>Where an image's data of a key is, in the first of the stores that has it.</summary>
    public string BigDataPath(string id, string key)
    {
        var name = BigDataFile.Name(key);
        return Directories(id).Concat(paths.AdditionalRoots.Select(root => Path.Combine(paths.RecordsDirectory(root, "images"), id)))
            .Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists) ?? Path.Combine(paths.ImagesDirectory, id, name);
    }

    /// <summary>The record to change.</summary>
    /// <exception cref="OcidException">NotFound. FailedPrecondition: it is in a store that is only read.</exception>
    public (RecordTable Records, JsonObject Record) Find(RecordLocks held, ImageId id)
    {
        var records = Set.Load(held);
        if (records.Find(id.Value) is { } record)
            return (records, record);
        throw Set.FindReadOnly(id.Value) is { } elsewhere
            ? new OcidException(ErrorKind.FailedPrecondition, $"image {id}: is in the read-only image store {elsewhere.ReadOnlyStore}")
            : new OcidException(ErrorKind.NotFound, $"image {id}: not in the store");
    }

    private IEnumerable<string> Directories(string id) =>
        new[] { paths.ImageRoot, paths.Root }.Distinct().Select(root => Path.Combine(paths.RecordsDirectory(root, "images"), id));

    private void WriteBigData(JsonObject record, string id, ImageBigData data)
    {
        var directory = Directories(id).FirstOrDefault(Directory.Exists) ?? Path.Combine(paths.ImagesDirectory, id);
        Directory.CreateDirectory(directory, OverlayModes.Private);
        AtomicFile.Write(Path.Combine(directory, BigDataFile.Name(data.Key)), data.Content.Span, AtomicFile.Private, durable);

        var names = record.Texts("big-data-names");
        if (!names.Contains(data.Key))
            record["big-data-names"] = JsonMembers.Array(names.Append(data.Key));
        Member(record, "big-data-sizes")[data.Key] = (long)data.Content.Length;
        Member(record, "big-data-digests")[data.Key] = (data.Digest ?? Digest.Sha256(data.Content.Span)).ToString();
    }

    // A name belongs to one image: the last to ask for it.
    private static void Name(RecordTable records, JsonObject record, IEnumerable<string> wanted)
    {
        var names = wanted.Distinct().ToList();
        var changed = new List<JsonObject> { record };
        foreach (var other in records.All.Where(other => other != record))
        {
            var former = other.Texts("names");
            if (!former.Any(names.Contains))
                continue;
            SetTexts(other, "names", former.Except(names));
            changed.Add(other);
        }

        SetTexts(record, "names", names);
        SetTexts(record, "names-history", names.AsEnumerable().Reverse().Concat(record.Texts("names-history")).Distinct());
        records.Save(changed);
    }

    private static RecordFile<ImageRecord> In(StorePaths paths, string root, bool durable, DiskReserve reserve, string? store)
    {
        var directory = paths.RecordsDirectory(root, "images");
        return new RecordFile<ImageRecord>(
            Path.Combine(directory, "images.json"), Path.Combine(directory, "images.lock"), durable, (ref RecordReader reader) => ImageJson.Read(ref reader, store), reserve);
    }

    private static void SetTexts(JsonObject record, string name, IEnumerable<string> texts)
    {
        record.Remove(name);
        if (JsonMembers.Array(texts) is { Count: > 0 } array)
            record[name] = array;
    }

    private static JsonObject Member(JsonObject record, string name)
    {
        if (record[name] is not JsonObject member)
            record[name] = member = [];
        return member;
    }
}
