using Ocid.Toml;

namespace Ocid.Operator.Merging;

/// <summary>Makes one configuration out of those that match a node.</summary>
internal sealed class Merge
{
    private readonly List<Layer> _layers;
    private readonly List<MergedField> _fields = [];
    private readonly List<MergeProblem> _problems = [];

    private Merge(IEnumerable<Layer> layers) =>
        _layers = [.. layers.OrderByDescending(layer => layer.Priority).ThenBy(layer => layer.Name, StringComparer.Ordinal)];

    /// <param name="layers">Those that match, in any order.</param>
    public static MergeResult Of(IEnumerable<Layer> layers) => new Merge(layers).Run();

    private MergeResult Run()
    {
        var values = Values();
        var registries = Registries();
        var handlers = Handlers();
        var signing = new SigningMerge(_layers).Run();
        _fields.AddRange(signing.Fields);
        _problems.AddRange(signing.Problems);
        var configuration = new EffectiveConfiguration
        {
            Layers = _layers,
            Values = values,
            Registries = registries,
            Handlers = handlers,
            Signing = signing.Views,
            Fields = [.. _fields.OrderBy(field => field.Name, StringComparer.Ordinal)],
        };
        return new MergeResult(configuration, _problems);
    }

    private SortedDictionary<string, TomlValue> Values()
    {
        var values = new SortedDictionary<string, TomlValue>(StringComparer.Ordinal);
        foreach (var field in _layers.SelectMany(layer => layer.Values.Keys).Distinct(StringComparer.Ordinal))
        {
            var choice = Choice.Among(field, _layers, layer => layer.Values.GetValueOrDefault(field), (a, b) => a.ToString() == b.ToString(), _problems);
            values.Add(field, choice.Value);
            _fields.Add(new MergedField(field, choice.Value.ToString(), [choice.From]));
        }

        return values;
    }

    private List<RegistryRule> Registries()
    {
        var rules = new List<RegistryRule>();
        foreach (var prefix in Names(layer => layer.Registries.Select(rule => rule.Prefix)))
        {
            var speaking = _layers.Where(layer => Rule(layer, prefix) is not null).ToList();
            var blocking = speaking.Where(layer => Rule(layer, prefix)!.IsBlocked).ToList();
            var deciding = speaking.Where(layer => !Rule(layer, prefix)!.OnlyBlocks).ToList();
            var (rule, from) = Choice.Among(
                Fields.Registry(prefix), deciding.Count > 0 ? deciding : speaking, layer => Rule(layer, prefix), (a, b) => a.SaysTheSameAs(b), _problems);
            rules.Add(rule with { IsBlocked = blocking.Count > 0 });
            _fields.Add(new MergedField(Fields.Registry(prefix), RegistryText.Of(rule), [from]));
            if (blocking.Count > 0)
                _fields.Add(new MergedField($"{Fields.Registry(prefix)}.blocked", "true", blocking));
        }

        return rules;
    }

    private List<HandlerRule> Handlers()
    {
        var rules = new List<HandlerRule>();
        foreach (var name in Names(layer => layer.Handlers.Select(rule => rule.Name)))
        {
            var (rule, from) = Choice.Among(Fields.Handler(name), _layers, layer => layer.Handlers.FirstOrDefault(rule => rule.Name == name), (a, b) => a == b, _problems);
            rules.Add(rule);
            _fields.Add(new MergedField(Fields.Handler(name), rule.Program ?? "where the node has it", [from]));
        }

        return rules;
    }

    private static RegistryRule? Rule(Layer layer, string prefix) => layer.Registries.FirstOrDefault(rule => rule.Prefix == prefix);

    private SortedSet<string> Names(Func<Layer, IEnumerable<string>> names) => new(_layers.SelectMany(names), StringComparer.Ordinal);
}
