using Ocid.Storage.Records;

namespace Ocid.Storage.Checking;

/// <summary>All records, loaded with their locks held, those that are half made among them.</summary>
/// <param name="Layers">Those of layers.</param>
/// <param name="Images">Those of images.</param>
/// <param name="Containers">Those of containers.</param>
/// <param name="IsElsewhere">Whether a store that is only read has a layer.</param>
internal sealed record CheckedRecords(RecordTable Layers, RecordTable Images, RecordTable Containers, Func<string, bool> IsElsewhere)
{
    public bool HasLayer(string? id) => id is not null && (Layers.Find(id) is not null || IsElsewhere(id));
}
