using System.Text.Json.Serialization.Metadata;
using k8s.Models;

namespace Ocid.Cluster.Api;

/// <summary>Where the API server has the objects of a kind, and how they are written.</summary>
/// <param name="group">The API group; empty for the core.</param>
/// <param name="version">The group's version.</param>
/// <param name="kind">The objects' kind.</param>
/// <param name="plural">Its name in addresses.</param>
/// <param name="isNamespaced">Whether the objects are in namespaces.</param>
/// <param name="json">How an object is written.</param>
/// <param name="listJson">How a list of them is written.</param>
/// <typeparam name="T">The object: as much of it as is needed.</typeparam>
public sealed class Resource<T>(string group, string version, string kind, string plural, bool isNamespaced, JsonTypeInfo<T> json, JsonTypeInfo<ObjectList<T>> listJson)
    where T : class, IMetadata<V1ObjectMeta>
{
    /// <summary>The API group; empty for the core.</summary>
    public string Group { get; } = group;

    /// <summary>The objects' <c>apiVersion</c>.</summary>
    public string ApiVersion { get; } = group.Length == 0 ? version : $"{group}/{version}";

    /// <summary>The objects' kind.</summary>
    public string Kind { get; } = kind;

    /// <summary>Its name in addresses.</summary>
    public string Plural { get; } = plural;

    /// <summary>Whether the objects are in namespaces.</summary>
    public bool IsNamespaced { get; } = isNamespaced;

    internal JsonTypeInfo<T> Json { get; } = json;

    internal JsonTypeInfo<ObjectList<T>> ListJson { get; } = listJson;

    /// <summary>The plural, with the group where there is one: <c>runtimenodes.ocid.dev</c>.</summary>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>An object as JSON, without what is null.</summary>
    public string Write(T value) => System.Text.Json.JsonSerializer.Serialize(value, Json);

    /// <summary>An object out of JSON.</summary>
    public T Read(string json) => System.Text.Json.JsonSerializer.Deserialize(json, Json)!;

    internal string Collection(string? space) =>
        (Group.Length == 0 ? $"api/{ApiVersion}" : $"apis/{ApiVersion}") + (IsNamespaced && space is not null ? $"/namespaces/{Uri.EscapeDataString(space)}/{Plural}" : $"/{Plural}");

    internal string Object(Key key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (IsNamespaced != key.Namespace is not null || key.Name.Length == 0)
            throw new ArgumentException($"{key} is no key of {this}: want {(IsNamespaced ? "a namespace and " : "")}a name", nameof(key));
        return $"{Collection(key.Namespace)}/{Uri.EscapeDataString(key.Name)}";
    }
}
