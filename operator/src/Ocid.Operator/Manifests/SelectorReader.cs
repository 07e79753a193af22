using Ocid.Operator.Merging;

namespace Ocid.Operator.Manifests;

/// <summary>Reads a label selector.</summary>
internal static class SelectorReader
{
    public static NodeSelector Read(ManifestFields selector)
    {
        var terms = selector.TextMap("matchLabels").Select(label => new SelectorTerm(label.Key, SelectorOperator.In, [label.Value])).ToList();
        foreach (var expression in selector.Mappings("matchExpressions"))
        {
            var values = expression.Texts("values") ?? [];
            var asked = expression.Choice<SelectorOperator>("operator");
            if (asked is null && !expression.Has("operator"))
                expression.Fail("operator", "is required");
            if ((asked is SelectorOperator.In or SelectorOperator.NotIn) != (values.Count > 0))
                expression.Fail("values", "In and NotIn want values, Exists and DoesNotExist want none");
            terms.Add(new SelectorTerm(expression.RequiredText("key"), asked ?? SelectorOperator.Exists, values));
            expression.RefuseTheRest();
        }

        selector.RefuseTheRest();
        return new NodeSelector(terms);
    }
}
