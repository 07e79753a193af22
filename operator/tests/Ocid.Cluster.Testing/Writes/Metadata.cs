using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ocid.Cluster.Api;
using Ocid.Cluster.Testing.Kinds;
using Ocid.Cluster.Testing.Objects;
using Ocid.Cluster.Testing.Requests;

namespace Ocid.Cluster.Testing.Writes;

/// <summary>What the metadata of a request must be.</summary>
internal static partial class Metadata
{
    private const int LongestName = 253;

    public static JsonObject Of(ApiKind kind, JsonObject body)
    {
        if (body["metadata"] is JsonObject metadata)
            return metadata;
        if (body["metadata"] is not null)
            throw RefusalException.BadRequest($"{kind.Kind}: metadata: want an object");
        metadata = [];
        body["metadata"] = metadata;
        return metadata;
    }

    public static void CheckKind(ApiKind kind, JsonObject body)
    {
        if ((string?)body["kind"] != kind.Kind || (string?)body["apiVersion"] != kind.ApiVersion)
            throw RefusalException.BadRequest($"the API version in the data ({body["apiVersion"]}, {body["kind"]}) does not match the expected API version ({kind.ApiVersion}, {kind.Kind})");
    }

    public static Key NewKey(ApiAddress address, JsonObject metadata)
    {
        if (metadata["name"] is null && (string?)metadata["generateName"] is { Length: > 0 } prefix)
            metadata["name"] = prefix + Guid.NewGuid().ToString("N")[..5];
        var name = (string?)metadata["name"] is { Length: > 0 } given ? given : throw RefusalException.Invalid(address.Kind, "", "metadata.name: Required value: name or generateName is required");
        if (name.Length > LongestName || !Subdomain().IsMatch(name))
            throw RefusalException.Invalid(address.Kind, name, $"metadata.name: Invalid value: \"{name}\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'");
        CheckNamespace(address, metadata);
        if (address.Kind.IsNamespaced)
            metadata["namespace"] = address.Namespace;
        return new Key(address.Kind.IsNamespaced ? address.Namespace : null, name);
    }

    /// <summary>That a request is about the object that is there, and of the version that it says.</summary>
    public static void CheckSame(StoredObject before, JsonObject current, JsonObject asked, ApiAddress address)
    {
        if ((string?)asked["name"] is { } name && name != before.Key.Name)
            throw RefusalException.BadRequest($"the name of the object ({name}) does not match the name on the URL ({before.Key.Name})");
        CheckNamespace(address, asked);
        asked["name"] = before.Key.Name;
        if (before.Key.Namespace is not null)
            asked["namespace"] = before.Key.Namespace;
        var known = current["metadata"]!;
        if ((string?)asked["uid"] is { Length: > 0 } uid && uid != (string?)known["uid"])
            throw RefusalException.Conflict(before.Kind, before.Key.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {known["uid"]}");
        if ((string?)asked["resourceVersion"] is { Length: > 0 } version && version != (string?)known["resourceVersion"])
            throw RefusalException.Conflict(before.Kind, before.Key.Name);
    }

    public static void CheckPreconditions(StoredObject before, JsonObject metadata, JsonObject? preconditions)
    {
        if ((string?)preconditions?["uid"] is { } uid && uid != (string?)metadata["uid"])
            throw RefusalException.Conflict(before.Kind, before.Key.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {metadata["uid"]}");
        if ((string?)preconditions?["resourceVersion"] is { } version && version != (string?)metadata["resourceVersion"])
            throw RefusalException.Conflict(before.Kind, before.Key.Name, $"Precondition failed: ResourceVersion in precondition: {version}, ResourceVersion in object meta: {metadata["resourceVersion"]}");
    }

    private static void CheckNamespace(ApiAddress address, JsonObject metadata)
    {
        if (address.Kind.IsNamespaced && (string?)metadata["namespace"] is { Length: > 0 } space && space != address.Namespace)
            throw RefusalException.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex Subdomain();
}
