using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ocid.Operator.Rendering;

/// <summary>The credentials of a Secret of type <c>kubernetes.io/dockerconfigjson</c>. Nothing of its content gets into a message.</summary>
internal sealed class DockerConfiguration
{
    private readonly JsonObject _auths;

    private DockerConfiguration(JsonObject auths) => _auths = auths;

    /// <summary>Reads it; null where it is none.</summary>
    public static DockerConfiguration? TryParse(byte[] content)
    {
        try
        {
            return JsonNode.Parse(content) is JsonObject root && root["auths"] is JsonObject auths ? new DockerConfiguration(auths) : null;
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException) // a member that is there twice is the latter
        {
            return null;
        }
    }

    /// <summary>What it has for an endpoint, as auth.json has it: for the path, for a part of it, or for the host. Null where it has nothing.</summary>
    public JsonObject? Find(string endpoint)
    {
        for (var key = endpoint; ; key = key[..key.LastIndexOf('/')])
        {
            if (Entry(_auths[key]) is { } entry)
                return entry;
            if (!key.Contains('/', StringComparison.Ordinal))
                return _auths.Where(auth => HostOf(auth.Key) == HostOf(key)).Select(auth => Entry(auth.Value)).FirstOrDefault(entry => entry is not null);
        }
    }

    private static JsonObject? Entry(JsonNode? node)
    {
        if (node is not JsonObject given)
            return null;
        var auth = Text(given, "auth") ?? Pair(given);
        return (auth, Text(given, "identitytoken"), Text(given, "registrytoken")) switch
        {
            (null, null, null) => null,
            var (pair, identity, registry) => new JsonObject(new (string Name, string? Value)[] { ("auth", pair), ("identitytoken", identity), ("registrytoken", registry) }
                .Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Value))),
        };
    }

    private static string? Pair(JsonObject given) => Text(given, "username") is { } user && Text(given, "password") is { } password
        ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))
        : null;

    private static string? Text(JsonObject given, string name) => given[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    // Docker wrote addresses where others write hosts.
    private static string HostOf(string key)
    {
        var rest = key.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? key[(scheme + 3)..] : key;
        return rest.Split('/')[0] is var host && host is "index.docker.io" or "registry-1.docker.io" ? "docker.io" : host;
    }
}
