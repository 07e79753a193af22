using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ocid.Cluster.Api;
using Ocid.Cluster.Testing.Kinds;
using Ocid.Cluster.Testing.Requests;

namespace Ocid.Cluster.Testing.Writes;

/// <summary>What objects of the core must be, as far as this product writes them.</summary>
internal static partial class Rules
{
    private const int LongestNote = 1024;
    private const int LongestWord = 128;
    private const int MostSecretBytes = 1 << 20;

    /// <summary>What the server fills in.</summary>
    public static void Created(ApiKind kind, JsonObject json)
    {
        if (kind == ApiKinds.Secrets)
            json["type"] ??= "Opaque";
        if (kind == ApiKinds.Namespaces)
        {
            json["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") };
            json["status"] = new JsonObject { ["phase"] = "Active" };
        }

        if (kind == ApiKinds.Pods)
            json["status"] = new JsonObject { ["phase"] = "Pending" };
    }

    public static void Check(Key key, ApiKind kind, JsonObject? before, JsonObject after)
    {
        if (WhyNot(key, kind, before, after) is { } why)
            throw RefusalException.Invalid(kind, key.Name, why);
    }

    private static string? WhyNot(Key key, ApiKind kind, JsonObject? before, JsonObject after)
    {
        if (kind == ApiKinds.Secrets)
            return Frozen(before, after) ?? Secret(before, after);
        if (kind == ApiKinds.ConfigMaps)
            return Frozen(before, after);
        if (kind == ApiKinds.Leases)
            return (int?)after["spec"]?["leaseDurationSeconds"] is <= 0 ? "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0" : Times(after["spec"], "spec", "acquireTime", "renewTime");
        return kind == ApiKinds.Events ? Event(key, before, after) : null;
    }

    private static string? Frozen(JsonObject? before, JsonObject after)
    {
        if ((bool?)before?["immutable"] is not true)
            return null;
        if ((bool?)after["immutable"] is not true)
            return "immutable: Forbidden: field is immutable when `immutable` is set";
        foreach (var field in new[] { "data", "binaryData" })
            if (!JsonNode.DeepEquals(before[field], after[field]))
                return $"{field}: Forbidden: field is immutable when `immutable` is set";
        return null;
    }

    private static string? Secret(JsonObject? before, JsonObject after)
    {
        if (before is not null && (string?)before["type"] != (string?)after["type"])
            return $"type: Invalid value: \"{after["type"]}\": field is immutable";
        var bytes = 0L;
        foreach (var (name, value) in after["data"] as JsonObject ?? [])
        {
            if (!Name().IsMatch(name))
                return $"data[{name}]: Invalid value: \"{name}\": a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
            if (value is null || !TryDecode((string)value!, out var length))
                return $"data[{name}]: illegal base64 data";
            bytes += length;
        }

        return bytes > MostSecretBytes ? $"data: Too long: may not be more than {MostSecretBytes} bytes" : null;
    }

    private static string? Event(Key key, JsonObject? before, JsonObject after)
    {
        var space = (string?)after["regarding"]?["namespace"];
        if (space is { Length: > 0 } ? space != key.Namespace : key.Namespace is not ("default" or "kube-system"))
            return "involvedObject.namespace: Invalid value: does not match event.namespace";
        foreach (var word in new[] { "reportingController", "reportingInstance", "action", "reason" })
            if ((string?)after[word] is not { Length: > 0 and <= LongestWord })
                return $"{word}: Required value, of at most {LongestWord} characters";
        if ((string?)after["type"] is not ("Normal" or "Warning"))
            return $"type: Invalid value: \"{after["type"]}\"";
        if (Encoding.UTF8.GetByteCount((string?)after["note"] ?? "") > LongestNote)
            return $"message: Invalid value: can have at most {LongestNote} characters";
        if (after["eventTime"] is null)
            return "eventTime: Required value";
        if (after["series"] is { } series && ((int?)series["count"] is not >= 2 || Times(series, "series", "lastObservedTime") is not null))
            return "series.count: Invalid value: should be at least 2";
        if (before is not null && new[] { "eventTime", "reportingController", "reportingInstance", "action", "reason", "type", "note", "regarding" }.FirstOrDefault(field => !JsonNode.DeepEquals(before[field], after[field])) is { } changed)
            return $"{changed}: Invalid value: field is immutable";
        return Times(after, "", "eventTime");
    }

    private static string? Times(JsonNode? json, string at, params string[] fields) =>
        fields.FirstOrDefault(field => (string?)json?[field] is { } text && !MicroTime().IsMatch(text)) is { } wrong ? $"{at}.{wrong}: parsing time \"{json![wrong]}\" as \"2006-01-02T15:04:05.000000Z07:00\"" : null;

    private static bool TryDecode(string text, out int length) => Convert.TryFromBase64String(text, new byte[text.Length], out length);

    [GeneratedRegex("^[-._a-zA-Z0-9]+$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex MicroTime();
}
