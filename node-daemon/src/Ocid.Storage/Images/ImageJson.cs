using Ocid.Primitives;
using Ocid.Storage.Records;

namespace Ocid.Storage.Images;

/// <summary>An image as <c>images.json</c> has it.</summary>
internal static class ImageJson
{
    public static ImageRecord? Read(ref RecordReader reader, string? readOnlyStore)
    {
        var (id, digest, metadata, created) = ((string?)null, (Digest?)null, (string?)null, (DateTimeOffset?)null);
        var (names, topLayer, mapped) = ((IReadOnlyList<string>)[], (LayerId?)null, (IReadOnlyList<string>)[]);
        var flags = (IReadOnlyList<string>)[];
        var (sizes, digests) = (new Dictionary<string, long>(), new Dictionary<string, Digest>());
        while (reader.Next())
        {
            if (reader.Is("id"u8))
                id = reader.Text();
            else if (reader.Is("digest"u8))
                digest = reader.Digest();
            else if (reader.Is("names"u8))
                names = reader.Texts();
            else if (reader.Is("layer"u8))
                topLayer = reader.Layer();
            else if (reader.Is("mapped-layers"u8))
                mapped = reader.Texts();
            else if (reader.Is("metadata"u8))
                metadata = reader.Text();
            else if (reader.Is("flags"u8))
                flags = reader.Flags();
            else if (reader.Is("big-data-sizes"u8))
                sizes = reader.Numbers();
            else if (reader.Is("big-data-digests"u8))
                digests = reader.Digests();
            else if (reader.Is("created"u8))
                created = reader.Time();
        }

        return string.IsNullOrEmpty(id) ? null : new ImageRecord
        {
            Id = id,
            Digest = digest,
            Names = names,
            TopLayer = topLayer,
            MappedTopLayers = mapped.Count == 0 ? [] : [.. mapped.Select(text => LayerId.TryParse(text, out var layer) ? layer : null).OfType<LayerId>()],
            ReadOnlyStore = readOnlyStore,
            Metadata = metadata ?? "",
            Flags = flags,
            BigDataSizes = sizes,
            BigDataDigests = digests,
            Created = created,
        };
    }
}
