using System.Text.Json.Nodes;
using Ocid.Cluster.Testing.Kinds;
using Ocid.Cluster.Testing.Requests;
using Ocid.Testing;
using YamlDotNet.RepresentationModel;

namespace Ocid.Cluster.Testing.Schemas;

/// <summary>The schemas of the product's own resources, out of <c>config/crd</c>. What they say in CEL the double does not know.</summary>
internal static class Definitions
{
    private static readonly Dictionary<string, Schema> Schemas = Directory.EnumerateFiles(Path.Combine(Repository.Root, "config", "crd"), "*.yaml").Select(Read).ToDictionary();

    /// <summary>Takes away what the schema does not know, and fills in its defaults.</summary>
    public static void Shape(ApiKind kind, JsonObject json)
    {
        if (Schemas.TryGetValue(kind.Plural, out var schema))
            schema.Shape(json);
    }

    /// <summary>Refuses what the schema does not allow.</summary>
    public static void Check(ApiKind kind, string name, JsonObject json)
    {
        if (Schemas.TryGetValue(kind.Plural, out var schema) && schema.Wrong(json, "").ToArray() is { Length: > 0 } wrong)
            throw RefusalException.Invalid(kind, name, wrong.Length == 1 ? wrong[0] : $"[{string.Join(", ", wrong)}]");
    }

    private static KeyValuePair<string, Schema> Read(string file)
    {
        using var text = File.OpenText(file);
        var yaml = new YamlStream();
        yaml.Load(text);
        var spec = (YamlMappingNode)yaml.Documents[0].RootNode["spec"];
        var schema = (YamlMappingNode)spec["versions"][0]["schema"]["openAPIV3Schema"];
        return KeyValuePair.Create(((YamlScalarNode)spec["names"]["plural"]).Value!, Schema.Read(schema));
    }
}
