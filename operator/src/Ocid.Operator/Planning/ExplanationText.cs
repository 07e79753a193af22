using System.Text;
using Ocid.Operator.Merging;

namespace Ocid.Operator.Planning;

/// <summary>A node's effective configuration for people: each field, its value, and who set it.</summary>
internal static class ExplanationText
{
    public static string Of(NodeOutlook node)
    {
        var text = new StringBuilder($"node {node.Node.Snapshot.Name}: ");
        text.Append(node.Target is null ? "keeps what it has\n" : $"revision {node.Target.Hash}\n");
        foreach (var layer in node.Configuration.Layers)
            text.Append($"  RuntimeConfig {layer.Source}, priority {layer.Priority}{(layer.IsPaused ? ", paused" : "")}\n");

        foreach (var problem in node.Problems)
            text.Append($"\n{problem.Kind}: {problem}\n");

        if (node.Configuration.Fields.Count > 0)
            text.Append('\n');
        var (names, values) = (Width(node, field => field.Name), Width(node, field => field.Value));
        foreach (var field in node.Configuration.Fields)
        {
            var from = field.From.Count == 0 ? "nobody" : string.Join(", ", field.From.Select(layer => layer.Source));
            text.Append($"{field.Name.PadRight(names)}  {field.Value.PadRight(values)}  {from}\n");
        }

        return text.ToString();
    }

    private static int Width(NodeOutlook node, Func<MergedField, string> column) => node.Configuration.Fields.Select(field => column(field).Length).DefaultIfEmpty().Max();
}
