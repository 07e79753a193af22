using System.Reflection;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Entities.Attributes;
using YamlDotNet.Serialization;

namespace Ocid.Cluster.Tests.Crds;

/// <summary>Writes the custom resource definition of an entity.</summary>
/// <remarks>https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/</remarks>
internal static class CrdWriter
{
    private static readonly ISerializer Yaml = new SerializerBuilder().WithIndentedSequences().WithMaximumRecursion(100).WithQuotingNecessaryStrings().DisableAliases().Build();

    public static string FileName(Type entity) => $"{Names(entity).PluralName}.yaml";

    public static string Write(Type entity)
    {
        var names = Names(entity);
        var definition = new SchemaNode
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new SchemaNode { ["name"] = $"{names.PluralName}.{names.Group}" },
            ["spec"] = new SchemaNode
            {
                ["group"] = names.Group,
                ["names"] = new SchemaNode
                {
                    ["kind"] = names.Kind,
                    ["listKind"] = $"{names.Kind}List",
                    ["plural"] = names.PluralName,
                    ["singular"] = names.Kind.ToLowerInvariant(),
                    ["shortNames"] = entity.GetCustomAttributes<KubernetesEntityShortNamesAttribute>().SelectMany(given => given.ShortNames).ToList(),
                },
                ["scope"] = entity.GetCustomAttribute<EntityScopeAttribute>()!.Scope.ToString(),
                ["versions"] = new List<SchemaNode> { Version(entity, names.ApiVersion) },
            },
        };
        return $"# Written by `make crds` from {entity.FullName}.\n{Yaml.Serialize(definition)}";
    }

    private static KubernetesEntityAttribute Names(Type entity) => entity.GetCustomAttribute<KubernetesEntityAttribute>()!;

    private static SchemaNode Version(Type entity, string name) => new()
    {
        ["name"] = name,
        ["served"] = true,
        ["storage"] = true,
        ["subresources"] = new SchemaNode { ["status"] = new SchemaNode() },
        ["additionalPrinterColumns"] = entity.GetCustomAttributes<GenericAdditionalPrinterColumnAttribute>().Select(Column).ToList(),
        ["schema"] = new SchemaNode { ["openAPIV3Schema"] = SchemaWriter.Root(entity) },
    };

    private static SchemaNode Column(GenericAdditionalPrinterColumnAttribute column)
    {
        var node = new SchemaNode { ["jsonPath"] = column.JsonPath, ["name"] = column.Name, ["type"] = column.Type };
        if (column.Priority == PrinterColumnPriority.WideView)
            node["priority"] = 1;
        return node;
    }
}
