using System.Text.Json.Nodes;
using Ocid.Cluster.Api;
using Ocid.Cluster.Entities;

namespace Ocid.Operator.Controllers;

/// <summary>The status that a RuntimeConfig is to have, where it has another.</summary>
/// <param name="Config">The RuntimeConfig as it is known.</param>
/// <param name="Status">What is to be there.</param>
/// <param name="Patch">What does it.</param>
internal sealed record StatusWrite(RuntimeConfig Config, RuntimeConfigStatus Status, JsonObject Patch)
{
    /// <summary>Null where it is there already.</summary>
    public static StatusWrite? Of(RuntimeConfig config, RuntimeConfigStatus status)
    {
        var (before, after) = (Json(config.Status), Json(status));
        if (JsonNode.DeepEquals(before, after))
            return null;

        // A merge patch leaves what it does not name: what is to go has to be said.
        foreach (var gone in before.Select(member => member.Key).Where(key => !after.ContainsKey(key)).ToList())
            after[gone] = null;
        return new StatusWrite(config, status, new JsonObject { ["status"] = after });
    }

    private static JsonObject Json(RuntimeConfigStatus? status) =>
        JsonNode.Parse(Resources.RuntimeConfigs.Write(new RuntimeConfig { Status = status }))!["status"]?.DeepClone().AsObject() ?? new JsonObject();
}
