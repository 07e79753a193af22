using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage.Overlay;
using Ocid.Storage.Records;

namespace Ocid.Storage.Images;

/// <summary><c>overlay-images</c>: the records, and a directory of big data for each image.</summary>
internal sealed class ImageRecords(StorePaths paths, bool durable)
{
    public RecordFile<ImageRecord> File { get; } = new(
        Path.Combine(paths.ImagesDirectory, "images.json"), Path.Combine(paths.ImagesDirectory, "images.lock"), durable, Read);

    /// <summary>Big data becomes durable before the record names it.</summary>
    public void Put(FileLock held, ImageCommit image, LayerId? topLayer)
    {
        var records = File.ReadArray();
        var record = records.Find(image.Id.Value);
        if (record is null)
        {
            record = new JsonObject { ["id"] = image.Id.Value };
            records.Add((JsonNode)record);
        }

        if (image.Digest is not null)
            record["digest"] = image.Digest.ToString();
        if (topLayer is not null)
            record["layer"] = topLayer.Value;
        if (image.Metadata.Length > 0)
            record["metadata"] = image.Metadata;
        record["created"] = JsonMembers.Text(image.Created ?? DateTimeOffset.UtcNow);
        foreach (var data in image.BigData)
            WriteBigData(record, image.Id.Value, data);
        Name(records, record, record.Texts("names").Concat(image.Names));
        File.Save(held, records);
    }

    public void PutBigData(FileLock held, ImageId id, ImageBigData data)
    {
        var (records, record) = Find(id);
        WriteBigData(record, id.Value, data);
        File.Save(held, records);
    }

    public void SetNames(FileLock held, ImageId id, IReadOnlyList<string> names, bool keepFormer)
    {
        var (records, record) = Find(id);
        Name(records, record, keepFormer ? record.Texts("names").Concat(names) : names);
        File.Save(held, records);
    }

    public void Delete(FileLock held, JsonArray records, JsonObject record)
    {
        records.Remove(record);
        File.Save(held, records);
        if (record.Text("id") is { Length: > 0 } id && id == Path.GetFileName(id) && id is not ("." or ".."))
            TreeRemoval.Remove(Path.Combine(paths.ImagesDirectory, id));
    }

    public string BigDataPath(ImageId id, string key) => Path.Combine(paths.ImagesDirectory, id.Value, BigDataFile.Name(key));

    private (JsonArray Records, JsonObject Record) Find(ImageId id)
    {
        var records = File.ReadArray();
        return (records, records.Find(id.Value) ?? throw new OcidException(ErrorKind.NotFound, $"image {id}: not in the store"));
    }

    private void WriteBigData(JsonObject record, string id, ImageBigData data)
    {
        var directory = Path.Combine(paths.ImagesDirectory, id);
        Directory.CreateDirectory(directory, OverlayModes.Private);
        AtomicFile.Write(Path.Combine(directory, BigDataFile.Name(data.Key)), data.Content.Span, AtomicFile.Private, durable);

        var names = record.Texts("big-data-names");
        if (!names.Contains(data.Key))
            record["big-data-names"] = JsonMembers.Array(names.Append(data.Key));
        Member(record, "big-data-sizes")[data.Key] = (long)data.Content.Length;
        Member(record, "big-data-digests")[data.Key] = (data.Digest ?? Digest.Sha256(data.Content.Span)).ToString();
    }

    // A name belongs to one image: the last to ask for it.
    private static void Name(JsonArray records, JsonObject record, IEnumerable<string> wanted)
    {
        var names = wanted.Distinct().ToList();
        foreach (var other in records.OfType<JsonObject>().Where(other => other != record))
        {
            var former = other.Texts("names");
            if (former.Any(names.Contains))
                Set(other, "names", former.Except(names));
        }

        Set(record, "names", names);
        Set(record, "names-history", names.AsEnumerable().Reverse().Concat(record.Texts("names-history")).Distinct());
    }

    private static void Set(JsonObject record, string name, IEnumerable<string> texts)
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

    private static ImageRecord? Read(JsonObject record) => record.Text("id") is not { Length: > 0 } id ? null : new ImageRecord
    {
        Id = id,
        Digest = record.Digest("digest"),
        Names = record.Texts("names"),
        TopLayer = LayerId.TryParse(record.Text("layer"), out var layer) ? layer : null,
        Metadata = record.Text("metadata") ?? "",
        BigDataSizes = (record["big-data-sizes"] as JsonObject)?.ToDictionary(size => size.Key, size => size.Value is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0) ?? [],
        BigDataDigests = (record["big-data-digests"] as JsonObject)?.Where(digest => digest.Value is JsonValue)
            .Select(digest => (digest.Key, Value: ((JsonObject)record["big-data-digests"]!).Digest(digest.Key)))
            .Where(digest => digest.Value is not null).ToDictionary(digest => digest.Key, digest => digest.Value!) ?? [],
        Created = record.Time("created"),
    };
}
