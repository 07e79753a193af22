using System.Text.Json.Nodes;

namespace Ocid.E2E.Tests.Charts;

/// <summary>A request as the API server's audit log has it.</summary>
/// <param name="Verb">get, list, watch, create, update, patch or delete.</param>
/// <param name="Resource">The resource, with the part of it: <c>runtimenodes/status</c>.</param>
/// <param name="Namespace">Where; null for the cluster.</param>
/// <param name="Code">The answer's.</param>
internal sealed record AskedRequest(string Verb, string Resource, string? Namespace, int Code)
{
    /// <summary>An entry of the log.</summary>
    /// <remarks>https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/</remarks>
    public static AskedRequest Of(JsonNode entry)
    {
        var about = entry["objectRef"]!;
        var resource = about["subresource"] is { } part ? $"{about["resource"]}/{part}" : $"{about["resource"]}";
        return new AskedRequest((string)entry["verb"]!, resource, (string?)about["namespace"], (int)entry["responseStatus"]!["code"]!);
    }
}
