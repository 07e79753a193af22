using Ocid.Primitives;
using Ocid.Storage.Records;

namespace Ocid.Storage.Containers;

/// <summary>A container as <c>containers.json</c> has it.</summary>
internal static class ContainerJson
{
    public const string Volatile = "Volatile";

    public static ContainerRecord? Read(ref RecordReader reader)
    {
        var (id, names, image, layer) = ((string?)null, (IReadOnlyList<string>)[], (string?)null, (LayerId?)null);
        var (metadata, created, isVolatile, sizes) = ((string?)null, (DateTimeOffset?)null, false, new Dictionary<string, long>());
        while (reader.Next())
        {
            if (reader.Is("id"u8))
                id = reader.Text();
            else if (reader.Is("names"u8))
                names = reader.Texts();
            else if (reader.Is("image"u8))
                image = reader.Text();
            else if (reader.Is("layer"u8))
                layer = reader.Layer();
            else if (reader.Is("metadata"u8))
                metadata = reader.Text();
            else if (reader.Is("created"u8))
                created = reader.Time();
            else if (reader.Is("flags"u8))
                isVolatile = reader.Flag("Volatile"u8);
            else if (reader.Is("big-data-sizes"u8))
                sizes = reader.Numbers();
        }

        return !ContainerId.TryParse(id, out var container) || layer is null ? null : new ContainerRecord
        {
            Id = container,
            Names = names,
            ImageId = image ?? "",
            Layer = layer,
            Metadata = metadata ?? "",
            Created = created,
            Volatile = isVolatile,
            BigDataSizes = sizes,
        };
    }
}
