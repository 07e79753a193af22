using System.Text.Json.Nodes;
using Ocid.Cluster.Testing.Kinds;

namespace Ocid.Cluster.Testing.Writes;

/// <summary>What of a request is taken: of the status' address the status alone, else all but it.</summary>
internal static class Parts
{
    public static JsonObject StatusOf(JsonObject asked, JsonObject current)
    {
        Set(current, "status", asked["status"]);
        return current;
    }

    public static JsonObject FinalizersOf(JsonObject asked, JsonObject current)
    {
        Set(current, "spec", asked["spec"]);
        return current;
    }

    public static JsonObject AllButStatusOf(ApiKind kind, JsonObject asked, JsonObject current)
    {
        if (kind.HasStatus)
            Set(asked, "status", current["status"]);
        var (metadata, before) = (asked["metadata"]!.AsObject(), current["metadata"]!.AsObject());
        foreach (var fixedField in new[] { "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion", "generation" })
            Set(metadata, fixedField, before[fixedField]);
        if (kind.HasGeneration && !JsonNode.DeepEquals(Meaning(asked), Meaning(current)))
            metadata["generation"] = (long)before["generation"]! + 1;
        return asked;
    }

    private static JsonObject Meaning(JsonObject json)
    {
        var copy = json.DeepClone().AsObject();
        copy.Remove("metadata");
        copy.Remove("status");
        return copy;
    }

    private static void Set(JsonObject into, string name, JsonNode? value)
    {
        into.Remove(name);
        if (value is not null)
            into[name] = value.DeepClone();
    }
}
