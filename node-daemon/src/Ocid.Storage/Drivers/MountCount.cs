using Ocid.Storage.Records;

namespace Ocid.Storage.Drivers;

/// <summary>How often a layer is mounted, as <c>mountpoints.json</c> has it.</summary>
internal sealed record MountCount(string Layer, long Count)
{
    public static MountCount? Read(ref RecordReader reader)
    {
        var (layer, count) = ((string?)null, 0L);
        while (reader.Next())
        {
            if (reader.Is("id"u8))
                layer = reader.Text();
            else if (reader.Is("count"u8))
                count = reader.Number();
        }

        return layer is null ? null : new MountCount(layer, count);
    }
}
