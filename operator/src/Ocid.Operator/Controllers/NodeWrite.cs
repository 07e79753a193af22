using System.Text.Json.Nodes;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;
using Ocid.Revisions;

namespace Ocid.Operator.Controllers;

/// <summary>What is to become of a RuntimeNode.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Existing">The RuntimeNode as it is known; null where there is none.</param>
internal abstract record NodeWrite(string Node, RuntimeNode? Existing)
{
    /// <summary>There is none yet.</summary>
    /// <param name="Owner">The Node, with which it goes.</param>
    /// <param name="Revision">What it is to have; null where it has to wait.</param>
    /// <param name="Sources">The RuntimeConfigs that the revision was made of.</param>
    internal sealed record Create(Node Owner, RevisionHash? Revision, IReadOnlyList<string> Sources) : NodeWrite(Owner.Metadata.Name!, null);

    /// <summary>It is to have another revision.</summary>
    internal sealed record Tell(RuntimeNode Of, RevisionHash Revision, IReadOnlyList<string> Sources) : NodeWrite(Of.Metadata.Name!, Of);

    /// <summary>Everything is to be taken away from it: no RuntimeConfig matches it any more.</summary>
    internal sealed record Release(RuntimeNode Of) : NodeWrite(Of.Metadata.Name!, Of);

    /// <summary>It was being released, and a RuntimeConfig matches it again.</summary>
    internal sealed record TakeBack(RuntimeNode Of) : NodeWrite(Of.Metadata.Name!, Of);

    /// <summary>Everything was taken away from it.</summary>
    internal sealed record Forget(RuntimeNode Of) : NodeWrite(Of.Metadata.Name!, Of);

    /// <summary>The merge patch that does it, bound to what was known; null for what is no patch.</summary>
    public JsonObject? Patch()
    {
        (JsonObject? annotations, JsonObject? spec) = this switch
        {
            Tell tell => ((JsonObject?)null, new JsonObject { ["desiredRevision"] = tell.Revision.Value, ["sources"] = new JsonArray([.. tell.Sources.Select(source => (JsonNode?)source)]) }),
            Release => (new JsonObject { [ReleaseMark.Annotation] = ReleaseMark.Operator }, new JsonObject { ["release"] = true, ["desiredRevision"] = null, ["sources"] = null }),
            TakeBack => (new JsonObject { [ReleaseMark.Annotation] = null }, new JsonObject { ["release"] = false }),
            _ => (null, null),
        };
        if (spec is null)
            return null;
        var metadata = new JsonObject { ["resourceVersion"] = Existing!.Metadata.ResourceVersion };
        if (annotations is not null)
            metadata["annotations"] = annotations;
        return new JsonObject { ["metadata"] = metadata, ["spec"] = spec };
    }
}
