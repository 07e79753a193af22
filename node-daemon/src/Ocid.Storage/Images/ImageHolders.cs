using System.Text.Json.Nodes;
using Ocid.Storage.Records;

namespace Ocid.Storage.Images;

/// <summary>Who keeps an image from being removed, for people.</summary>
internal static class ImageHolders
{
    private const int Most = 5;

    public static string Text(IReadOnlyList<JsonObject> containers)
    {
        var named = containers.Take(Most).Select(One).ToList();
        var others = containers.Count > Most ? $" and {containers.Count - Most} more" : "";
        return $"{(containers.Count == 1 ? "" : $"{containers.Count} containers use it: ")}{string.Join(", ", named)}{others}{(containers.Count == 1 ? " uses it" : "")}";
    }

    private static string One(JsonObject container) =>
        $"container {container.Text("id")}{(container.Texts("names") is [var name, ..] ? $" ({name})" : "")}";
}
