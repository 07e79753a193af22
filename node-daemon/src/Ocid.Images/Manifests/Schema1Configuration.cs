using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Images.Manifests;

/// <summary>
/// A configuration made of a schema 1 manifest's pieces. Its digest is the image's id, so each byte is as the peers, who are written in Go, write it:
/// members by name, no white space, Go's escapes and times.
/// </summary>
internal static class Schema1Configuration
{
    // They say something of one layer, or what is written anew.
    private static readonly string[] Dropped = ["id", "parent", "parent_id", "layer_id", "throwaway", "Size", "rootfs", "history"];

    public static byte[] Make(string newest, IReadOnlyList<Schema1Step> steps, IReadOnlyList<Digest> diffIds)
    {
        using var document = JsonDocument.Parse(newest); // an object: it was read as a step before
        var members = new SortedDictionary<string, Action<GoJson>>(StringComparer.Ordinal)
        {
            ["rootfs"] = json => WriteLayers(json, diffIds),
            ["history"] = json => json.Array(steps, WriteStep),
        };
        foreach (var member in document.RootElement.EnumerateObject().Where(member => !Dropped.Contains(member.Name)))
            members[member.Name] = json => json.Raw(member.Value);

        var text = new GoJson();
        text.Object(members.Select(member => (member.Key, member.Value)));
        return text.ToArray();
    }

    private static void WriteLayers(GoJson json, IReadOnlyList<Digest> diffIds)
    {
        List<(string, Action<GoJson>)> members = [("type", j => j.Text("layers"))];
        if (diffIds.Count > 0)
            members.Add(("diff_ids", j => j.Array(diffIds, (item, id) => item.Text(id.ToString()))));
        json.Object(members);
    }

    private static void WriteStep(GoJson json, Schema1Step step)
    {
        List<(string, Action<GoJson>)> members = [("created", j => j.Text(GoTime.Written(step.Created)))];
        AddText(members, "author", step.Author);
        AddText(members, "created_by", string.Join(' ', step.ContainerConfig?.Command ?? []));
        AddText(members, "comment", step.Comment);
        if (step.ThrowAway is true)
            members.Add(("empty_layer", j => j.True()));
        json.Object(members);
    }

    private static void AddText(List<(string, Action<GoJson>)> members, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            members.Add((name, j => j.Text(value)));
    }
}
