using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using KubeOps.Abstractions.Entities.Attributes;
using Ocid.Cluster.Entities;

namespace Ocid.Cluster.Tests.Crds;

/// <summary>Turns types and their attributes into a structural schema. What is unbounded, it refuses: CEL's cost is estimated from the bounds.</summary>
internal static class SchemaWriter
{
    public static SchemaNode Root(Type entity)
    {
        var root = Object(entity, entity.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));
        root["description"] = Comments.Of(entity);
        var properties = (SchemaNode)root["properties"];
        root["properties"] = new SchemaNode
        {
            ["apiVersion"] = new SchemaNode { ["type"] = "string" },
            ["kind"] = new SchemaNode { ["type"] = "string" },
            ["metadata"] = new SchemaNode { ["type"] = "object" },
            ["spec"] = properties["spec"],
            ["status"] = properties["status"],
        };
        return root;
    }

    private static SchemaNode Object(Type type, IReadOnlyList<PropertyInfo> properties)
    {
        var node = new SchemaNode { ["type"] = "object" };
        if (properties.Where(property => Has<RequiredAttribute>(property)).Select(Name).ToList() is { Count: > 0 } required)
            node["required"] = required;

        var members = new SchemaNode();
        foreach (var property in properties)
            members[Name(property)] = Property(property);
        node["properties"] = members;
        return node;
    }

    private static SchemaNode Property(PropertyInfo property)
    {
        var node = Of(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, property);
        node["description"] = Comments.Of(property);
        if (property.GetCustomAttribute<DefaultValueAttribute>() is { Value: { } value })
            node["default"] = value is Enum ? value.ToString()! : value;
        if (property.GetCustomAttributes<ValidationRuleAttribute>().Select(Rule).ToList() is { Count: > 0 } rules)
            node["x-kubernetes-validations"] = rules;
        return node;
    }

    private static SchemaNode Of(Type type, PropertyInfo property) => type switch
    {
        _ when type == typeof(string) => Text(property),
        _ when type == typeof(bool) => new SchemaNode { ["type"] = "boolean" },
        _ when type == typeof(int) => Number(property, "int32"),
        _ when type == typeof(long) => Number(property, "int64"),
        { IsEnum: true } => new SchemaNode { ["type"] = "string", ["enum"] = Enum.GetNames(type).ToList() },
        { IsGenericType: true } => List(type.GetGenericArguments()[0], property),
        _ when KubernetesSchemas.Of(type) is { } known => known,
        _ => Object(type, type.GetProperties()),
    };

    private static SchemaNode Text(PropertyInfo property)
    {
        var length = property.GetCustomAttribute<LengthAttribute>() ?? throw Unbounded(property);
        var node = Bounded(length.MinLength, length.MaxLength);
        if (property.GetCustomAttribute<PatternAttribute>() is { } pattern)
            node["pattern"] = pattern.RegexPattern;
        return node;
    }

    private static SchemaNode Number(PropertyInfo property, string format)
    {
        var node = new SchemaNode { ["type"] = "integer", ["format"] = format };
        node["minimum"] = (long)(property.GetCustomAttribute<RangeMinimumAttribute>() ?? throw Unbounded(property)).Minimum;
        if (property.GetCustomAttribute<RangeMaximumAttribute>() is { } most)
            node["maximum"] = (long)most.Maximum;
        return node;
    }

    private static SchemaNode List(Type item, PropertyInfo property)
    {
        var bounds = property.GetCustomAttribute<ItemsAttribute>() ?? throw Unbounded(property);
        var node = new SchemaNode { ["type"] = "array" };
        if (bounds.MinItems is { } least and > 0)
            node["minItems"] = least;
        node["maxItems"] = bounds.MaxItems ?? throw Unbounded(property);
        if (property.GetCustomAttribute<ListMapKeyAttribute>() is { } map)
            (node["x-kubernetes-list-type"], node["x-kubernetes-list-map-keys"]) = ("map", new List<string> { map.Key });
        node["items"] = item == typeof(string) && property.GetCustomAttribute<ItemLengthAttribute>() is { } length ? Bounded(length.Minimum, length.Maximum) : Of(item, property);
        return node;
    }

    private static SchemaNode Bounded(long? least, long? most)
    {
        var node = new SchemaNode { ["type"] = "string" };
        if (least is { } fewest and > 0)
            node["minLength"] = fewest;
        if (most is { } limit)
            node["maxLength"] = limit;
        return node;
    }

    private static SchemaNode Rule(ValidationRuleAttribute rule) => new() { ["rule"] = rule.Rule, ["message"] = rule.Message! };

    private static bool Has<T>(PropertyInfo property)
        where T : Attribute => property.GetCustomAttribute<T>() is not null;

    private static string Name(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static InvalidOperationException Unbounded(PropertyInfo property) => new($"{property.DeclaringType!.Name}.{property.Name} has no bounds");
}
