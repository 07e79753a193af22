using k8s.Models;

namespace Ocid.Cluster.Tests.Crds;

/// <summary>The schemas of the types that are Kubernetes' own.</summary>
internal static class KubernetesSchemas
{
    public static SchemaNode? Of(Type type) => type == typeof(V1Condition) ? Condition() : type == typeof(V1LabelSelector) ? LabelSelector() : null;

    private static SchemaNode Condition() => new()
    {
        ["type"] = "object",
        ["required"] = new List<string> { "type", "status", "lastTransitionTime", "reason", "message" },
        ["properties"] = new SchemaNode
        {
            ["type"] = Text(316),
            ["status"] = new SchemaNode { ["type"] = "string", ["enum"] = new List<string> { "True", "False", "Unknown" } },
            ["observedGeneration"] = new SchemaNode { ["type"] = "integer", ["format"] = "int64", ["minimum"] = 0 },
            ["lastTransitionTime"] = new SchemaNode { ["type"] = "string", ["format"] = "date-time" },
            ["reason"] = Text(1024),
            ["message"] = Text(32768),
        },
    };

    private static SchemaNode LabelSelector() => new()
    {
        ["type"] = "object",
        ["properties"] = new SchemaNode
        {
            ["matchLabels"] = new SchemaNode { ["type"] = "object", ["maxProperties"] = 32, ["additionalProperties"] = Text(63) },
            ["matchExpressions"] = new SchemaNode
            {
                ["type"] = "array",
                ["maxItems"] = 32,
                ["items"] = new SchemaNode
                {
                    ["type"] = "object",
                    ["required"] = new List<string> { "key", "operator" },
                    ["properties"] = new SchemaNode
                    {
                        ["key"] = Text(317),
                        ["operator"] = new SchemaNode { ["type"] = "string", ["enum"] = new List<string> { "In", "NotIn", "Exists", "DoesNotExist" } },
                        ["values"] = new SchemaNode { ["type"] = "array", ["maxItems"] = 64, ["items"] = Text(63) },
                    },
                    ["x-kubernetes-validations"] = new List<SchemaNode>
                    {
                        new()
                        {
                            ["rule"] = "(self.operator in ['In', 'NotIn']) == (has(self.values) && self.values.size() > 0)",
                            ["message"] = "In and NotIn want values, Exists and DoesNotExist want none",
                        },
                    },
                },
            },
        },
    };

    private static SchemaNode Text(int most) => new() { ["type"] = "string", ["maxLength"] = most };
}
