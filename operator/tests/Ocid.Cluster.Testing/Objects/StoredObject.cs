using System.Text.Json;
using System.Text.Json.Nodes;
using Ocid.Cluster.Api;
using Ocid.Cluster.Testing.Kinds;

namespace Ocid.Cluster.Testing.Objects;

/// <summary>An object at one version. It never changes: what is written is another.</summary>
internal sealed class StoredObject
{
    public StoredObject(ApiKind kind, Key key, long version, JsonObject json)
    {
        (Kind, Key, Version) = (kind, key, version);
        Utf8 = JsonSerializer.SerializeToUtf8Bytes(json);
        Labels = (json["metadata"]!["labels"] as JsonObject)?.ToDictionary(label => label.Key, label => (string?)label.Value ?? "") ?? [];
        Fields = kind.Fields.ToDictionary(path => path, path => Field(json, path));
    }

    public ApiKind Kind { get; }

    public Key Key { get; }

    public long Version { get; }

    public byte[] Utf8 { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    public IReadOnlyDictionary<string, string> Fields { get; }

    /// <summary>A copy to be changed.</summary>
    public JsonObject Copy() => JsonNode.Parse(Utf8)!.AsObject();

    public bool IsSame(JsonObject other) => JsonNode.DeepEquals(Copy(), other);

    private static string Field(JsonObject json, string path) =>
        path.Split('.').Aggregate((JsonNode?)json, (node, name) => (node as JsonObject)?[name]) is JsonValue value ? value.ToString() : "";
}
