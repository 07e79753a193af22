using System.Text;
using Ocid.Revisions;

namespace Ocid.Operator.Planning;

/// <summary>A plan for people: which nodes would change, what that costs them, and how their files differ. No secret is in it.</summary>
internal static class PlanText
{
    private const int MostNodes = 10;

    // Who may read the file at the node is who may see it here.
    private const int ReadableByAll = 0x4;

    /// <param name="steps">One for each node that the RuntimeConfigs match.</param>
    public static string Of(IEnumerable<NodeStep> steps)
    {
        var text = new StringBuilder();
        var alike = steps.GroupBy(step => (From: step.From?.Hash, To: step.To.Hash, step.Disruption))
            .OrderByDescending(group => group.Key.Disruption).ThenBy(group => group.Key.To.Value, StringComparer.Ordinal).ThenBy(group => group.Key.From?.Value, StringComparer.Ordinal);
        foreach (var group in alike)
            Write(text, [.. group.OrderBy(step => step.Node, StringComparer.Ordinal)]);
        return text.ToString();
    }

    private static void Write(StringBuilder text, List<NodeStep> nodes)
    {
        if (text.Length > 0)
            text.Append('\n');
        var step = nodes[0];
        var names = NodeNames.Of(nodes.Select(node => node.Node), MostNodes);
        if (step.From?.Hash == step.To.Hash)
        {
            text.Append($"no change: revision {step.To.Hash} on {names}\n");
            return;
        }

        text.Append($"{step.Disruption}: revision {step.From?.Hash.Value ?? "none"} to {step.To.Hash} on {names}\n");
        if (step.Comparison.RuntimeChanges)
            text.Append($"  runtime {step.From?.Document.Runtime.Version ?? "none"} to {step.To.Document.Runtime.Version}: {Disruption.Restart}\n");
        foreach (var change in step.Comparison.Changes)
            Write(text, step, change);
    }

    private static void Write(StringBuilder text, NodeStep step, RevisionChange change)
    {
        text.Append($"  {change.Path} {change.Kind.ToString().ToLowerInvariant()}: {change.Needs}\n");
        if (new[] { step.From, step.To }.Any(revision => File(revision, change.Path) is { } file && (file.Mode & ReadableByAll) == 0))
        {
            text.Append("    its content is secret\n");
            return;
        }

        foreach (var line in LineDiff.Between(Content(step.From, change.Path), Content(step.To, change.Path)))
            text.Append($"    {line}\n");
    }

    private static RevisionFile? File(Revision? revision, RevisionPath path) => revision?.Document.Files.FirstOrDefault(file => file.Path == path);

    private static string Content(Revision? revision, RevisionPath path) => File(revision, path) is { } file ? Encoding.UTF8.GetString(revision!.ContentOf(file).Span) : "";
}
