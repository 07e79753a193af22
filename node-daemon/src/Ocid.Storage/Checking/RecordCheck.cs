using System.Text.Json.Nodes;
using Ocid.Storage.Records;

namespace Ocid.Storage.Checking;

/// <summary>Looks whether records name what is there, and agree.</summary>
internal sealed class RecordCheck(CheckedRecords records)
{
    public IEnumerable<Finding> Run() =>
        Unreadable().Concat(records.Layers.All.SelectMany(Layer)).Concat(records.Images.All.SelectMany(Image)).Concat(records.Containers.All.SelectMany(Container))
            .Concat(Twice("layer", records.Layers.All, ids: true)).Concat(Twice("image", records.Images.All, ids: true)).Concat(Twice("container", records.Containers.All, ids: true))
            .Concat(Twice("image name", records.Images.All, ids: false)).Concat(Twice("container name", records.Containers.All, ids: false));

    private IEnumerable<Finding> Unreadable() => records.Layers.All.Where(layer => !LayerId.TryParse(layer.Text("id"), out _))
        .Select(layer => Wrong($"layer {layer.Text("id")}", "its id is not 64 hexadecimal digits"));

    private IEnumerable<Finding> Layer(JsonObject layer)
    {
        if (layer.Text("parent") is { Length: > 0 } parent && !records.HasLayer(parent))
            yield return Wrong($"layer {layer.Text("id")}", $"its parent {parent} is not in the store");
    }

    private IEnumerable<Finding> Image(JsonObject image)
    {
        var id = image.Text("id");
        foreach (var layer in image.Texts("mapped-layers").Append(image.Text("layer")).Where(layer => layer is { Length: > 0 } && !records.HasLayer(layer)))
            yield return Wrong($"image {id}", $"its layer {layer} is not in the store", id);
        // A chain that is broken further down is the same image's loss.
        for (var layer = Find(image.Text("layer")); layer?.Text("parent") is { Length: > 0 } parent; layer = Find(parent))
        {
            if (!records.HasLayer(parent))
                yield return Wrong($"image {id}", $"layer {parent} of it is not in the store", id);
        }
    }

    private IEnumerable<Finding> Container(JsonObject container)
    {
        var id = container.Text("id");
        if (!records.HasLayer(container.Text("layer")))
            yield return Wrong($"container {id}", $"its layer {container.Text("layer")} is not in the store");
    }

    private static IEnumerable<Finding> Twice(string what, IEnumerable<JsonObject> all, bool ids) =>
        all.SelectMany(record => ids ? [record.Text("id")] : record.Texts("names").Cast<string?>()).GroupBy(text => text).Where(same => same.Count() > 1)
            .Select(same => Wrong($"{what} {same.Key}", $"{same.Count()} records have it"));

    private JsonObject? Find(string? id) => id is null ? null : records.Layers.Find(id);

    private static Finding Wrong(string subject, string detail, string? image = null) => new(new StoreProblem(ProblemKind.Record, subject, detail) { DamagedImage = image });
}
