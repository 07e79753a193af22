using Ocid.Cluster.Testing.Kinds;
using Ocid.Cluster.Testing.Objects;

namespace Ocid.Cluster.Testing.Requests;

/// <summary>The fields that a list or a watch is limited to. A field that the resource has no index of is refused.</summary>
internal sealed class FieldSelector
{
    private readonly List<(string Field, bool IsEqual, string Value)> _terms = [];

    private FieldSelector()
    {
    }

    public static FieldSelector Parse(ApiKind kind, string? text)
    {
        var selector = new FieldSelector();
        foreach (var term in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var isEqual = !term.Contains("!=", StringComparison.Ordinal);
            var (field, value) = term.Split(isEqual ? "=" : "!=", 2) is [var left, var right] ? (left, right.TrimStart('=')) : throw RefusalException.BadRequest($"invalid field selector: {term}");
            if (field is not ("metadata.name" or "metadata.namespace") && !kind.Fields.Contains(field))
                throw RefusalException.BadRequest($"Unable to find \"{kind}\" that match label selector \"\", field selector \"{text}\": field label not supported: {field}");
            selector._terms.Add((field, isEqual, value));
        }

        return selector;
    }

    public bool Matches(StoredObject stored) => _terms.TrueForAll(term => (ValueOf(stored, term.Field) == term.Value) == term.IsEqual);

    private static string ValueOf(StoredObject stored, string field) => field switch
    {
        "metadata.name" => stored.Key.Name,
        "metadata.namespace" => stored.Key.Namespace ?? "",
        _ => stored.Fields[field],
    };
}
