using System.Text.Json.Nodes;

namespace Ocid.Cluster.Testing.Objects;

/// <summary>A JSON merge patch.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7396</remarks>
internal static class MergePatch
{
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject members)
            return patch?.DeepClone();

        var merged = target is JsonObject known ? known.DeepClone().AsObject() : [];
        foreach (var (name, value) in members)
        {
            if (value is null)
                merged.Remove(name);
            else
                merged[name] = Apply(merged[name], value);
        }

        return merged;
    }
}
