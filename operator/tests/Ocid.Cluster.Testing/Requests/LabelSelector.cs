using System.Text.RegularExpressions;

namespace Ocid.Cluster.Testing.Requests;

/// <summary>The labels that a list or a watch is limited to, as <c>kubectl -l</c> takes them.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api</remarks>
internal sealed partial class LabelSelector
{
    private readonly List<Func<IReadOnlyDictionary<string, string>, bool>> _terms = [];

    private LabelSelector()
    {
    }

    public static LabelSelector Parse(string? text)
    {
        var selector = new LabelSelector();
        foreach (var term in Commas().Split(text ?? "").Select(term => term.Trim()).Where(term => term.Length > 0))
            selector._terms.Add(Term(term));
        return selector;
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels) => _terms.TrueForAll(term => term(labels));

    private static Func<IReadOnlyDictionary<string, string>, bool> Term(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
            throw RefusalException.BadRequest($"unable to parse requirement: {text}");

        var key = match.Groups["key"].Value;
        var values = match.Groups["values"].Value.Split(',').Select(value => value.Trim()).ToHashSet();
        return match.Groups["operator"].Value.Trim() switch
        {
            "" when match.Groups["not"].Length > 0 => labels => !labels.ContainsKey(key),
            "" => labels => labels.ContainsKey(key),
            "!=" or "notin" => labels => !labels.TryGetValue(key, out var value) || !values.Contains(value),
            _ => labels => labels.TryGetValue(key, out var value) && values.Contains(value),
        };
    }

    [GeneratedRegex(@",(?![^()]*\))")]
    private static partial Regex Commas();

    [GeneratedRegex(@"^(?<not>!)?\s*(?<key>[A-Za-z0-9][A-Za-z0-9._/-]*)\s*((?<operator>==|=|!=|\bin\b|\bnotin\b)\s*\(?(?<values>[^()]*)\)?)?$")]
    private static partial Regex Pattern();
}
