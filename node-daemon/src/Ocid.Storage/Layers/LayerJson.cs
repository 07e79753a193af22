using System.Text.Json.Nodes;
using Ocid.Primitives;
using Ocid.Storage.Records;

namespace Ocid.Storage.Layers;

/// <summary>A layer as <c>layers.json</c> has it.</summary>
internal static class LayerJson
{
    public static LayerRecord? Read(JsonObject record)
    {
        var reader = RecordReader.Of(record);
        return Read(ref reader);
    }

    public static LayerRecord? Read(ref RecordReader reader, string? readOnlyStore = null)
    {
        var (id, parent) = ((LayerId?)null, (LayerId?)null);
        var (diffId, size, compressed, compressedSize) = ((Digest?)null, 0L, (Digest?)null, 0L);
        var (created, metadata, names, incomplete) = ((DateTimeOffset?)null, (string?)null, (IReadOnlyList<string>)[], false);
        while (reader.Next())
        {
            if (reader.Is("id"u8))
                id = reader.Layer();
            else if (reader.Is("parent"u8))
                parent = reader.Layer();
            else if (reader.Is("diff-digest"u8))
                diffId = reader.Digest();
            else if (reader.Is("diff-size"u8))
                size = reader.Number();
            else if (reader.Is("compressed-diff-digest"u8))
                compressed = reader.Digest();
            else if (reader.Is("compressed-size"u8))
                compressedSize = reader.Number();
            else if (reader.Is("created"u8))
                created = reader.Time();
            else if (reader.Is("metadata"u8))
                metadata = reader.Text();
            else if (reader.Is("big-data-names"u8))
                names = reader.Texts();
            else if (reader.Is("flags"u8))
                incomplete = reader.Flag("incomplete"u8);
        }

        return id is null ? null : new LayerRecord
        {
            Id = id,
            Parent = parent,
            DiffId = diffId,
            UncompressedSize = size,
            CompressedDigest = compressed,
            CompressedSize = compressedSize,
            Created = created,
            Metadata = metadata ?? "",
            BigDataNames = names,
            ReadOnlyStore = readOnlyStore,
            Incomplete = incomplete,
        };
    }

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
