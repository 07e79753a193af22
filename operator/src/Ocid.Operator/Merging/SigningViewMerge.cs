namespace Ocid.Operator.Merging;

/// <summary>
/// Merges what holds for one Kubernetes namespace, or for the node. Of one scope the highest priority decides, and what is said about the namespace by name
/// comes before what is said about the node. What an enforced RuntimeConfig asks, everything below its priority has to meet as well.
/// </summary>
internal sealed class SigningViewMerge
{
    private readonly string _namespace;
    private readonly IReadOnlyList<Layer> _layers;
    private readonly Dictionary<Layer, Dictionary<string, SigningStatement>> _statements;
    private readonly List<MergeProblem> _problems = [];

    /// <param name="podNamespace">The namespace; empty is the node.</param>
    /// <param name="layers">Those that say something, the strongest first.</param>
    public SigningViewMerge(string podNamespace, IReadOnlyList<Layer> layers)
    {
        (_namespace, _layers) = (podNamespace, layers);
        _statements = layers.ToDictionary(layer => layer, Statements);
    }

    public IReadOnlyList<MergeProblem> Problems => _problems;

    public SigningView Run()
    {
        var scopes = new SortedDictionary<string, SigningRule>(StringComparer.Ordinal);
        foreach (var scope in _statements.Values.SelectMany(said => said.Keys).Distinct(StringComparer.Ordinal))
            scopes.Add(scope, Rule(Fields.SigningScope(scope, _namespace), [.. _layers.Select(layer => _statements[layer].GetValueOrDefault(scope)).OfType<SigningStatement>()], scope));

        var byDefault = _layers.Select(DefaultOf).OfType<SigningStatement>().ToList();
        var whatever = byDefault.Count > 0 ? Rule(Fields.SigningDefault, byDefault, scope: null) : new SigningRule([new SigningRequirement.Accept()], []);
        return new SigningView(_namespace, whatever, scopes);
    }

    private SigningRule Rule(string field, List<SigningStatement> said, string? scope)
    {
        var strongest = said[0];
        var chosen = strongest.IsEnforced ? strongest : said.Find(statement => statement.IsForNamespace) ?? strongest;
        RefuseTies(field, chosen, said);

        var enforced = _layers.Where(layer => layer.Signing!.IsEnforced && layer.Priority > chosen.From.Priority).Select(layer => Governing(layer, scope)).OfType<SigningStatement>();
        var tightening = chosen.IsEnforced ? said.Where(statement => statement.From.Priority < chosen.From.Priority) : [];
        List<SigningStatement> all = [.. enforced, chosen, .. tightening];
        var rule = new SigningRule(Together([.. all.Select(statement => statement.Requirement)]), [.. all.Select(statement => statement.From).Distinct()]);
        foreach (var statement in all)
            NoteLoosening(field, statement, all);
        return rule;
    }

    // Who asks for all of several things asks for the strictest where it is one of them.
    private static List<SigningRequirement> Together(List<SigningRequirement> requirements)
    {
        if (requirements.Exists(requirement => requirement is SigningRequirement.Reject))
            return [new SigningRequirement.Reject()];
        var asking = requirements.Where(requirement => requirement is not SigningRequirement.Accept).Distinct().ToList();
        return asking.Count > 0 ? asking : [new SigningRequirement.Accept()];
    }

    private static SigningStatement? DefaultOf(Layer layer) =>
        layer.Signing!.Default is { } requirement ? new SigningStatement(layer, requirement, IsForNamespace: false) : null;

    private SigningStatement? Governing(Layer layer, string? scope) => scope is null
        ? DefaultOf(layer)
        : ImageScopes.From(scope).Select(_statements[layer].GetValueOrDefault).FirstOrDefault(statement => statement is not null) ?? DefaultOf(layer);

    private Dictionary<string, SigningStatement> Statements(Layer layer)
    {
        var statements = new Dictionary<string, SigningStatement>(StringComparer.Ordinal);
        foreach (var policy in layer.Signing!.Policies.Where(policy => policy.Namespaces.Count == 0 || policy.Namespaces.Contains(_namespace)).OrderBy(policy => policy.Namespaces.Count == 0))
        {
            foreach (var scope in policy.Scopes)
            {
                var statement = new SigningStatement(layer, policy.Requirement, policy.Namespaces.Count > 0);
                if (!statements.TryAdd(scope, statement) && statements[scope].IsForNamespace == statement.IsForNamespace && statements[scope].Requirement != statement.Requirement)
                    _problems.Add(new MergeProblem(ProblemKind.Conflicted, Fields.SigningScope(scope, _namespace), [layer.Name], $"two policies of RuntimeConfig {layer.Name} say different things"));
            }
        }

        return statements;
    }

    private void RefuseTies(string field, SigningStatement chosen, List<SigningStatement> said)
    {
        var ties = said.Where(other => other.From.Priority == chosen.From.Priority && other.IsForNamespace == chosen.IsForNamespace);
        Choice.Among(field, [.. ties.Select(tie => tie.From)], layer => said.First(statement => statement.From == layer).Requirement, (a, b) => a == b, _problems);
    }

    private void NoteLoosening(string field, SigningStatement statement, List<SigningStatement> all)
    {
        var above = all.Find(other => other.IsEnforced && other.From.Priority > statement.From.Priority && IsLooser(statement.Requirement, other.Requirement));
        if (above is not null)
        {
            _problems.Add(new MergeProblem(
                ProblemKind.Conflicted, field, [statement.From.Name],
                $"RuntimeConfig {above.From.Name} enforces \"{SigningText.Of(above.Requirement)}\" with priority {above.From.Priority}; RuntimeConfig {statement.From.Name} with priority {statement.From.Priority} may only tighten that",
                IsResolved: true));
        }
    }

    private static bool IsLooser(SigningRequirement requirement, SigningRequirement than) => (requirement, than) switch
    {
        (SigningRequirement.Accept, not SigningRequirement.Accept) => true,
        (SigningRequirement.Signed, SigningRequirement.Reject) => true,
        _ => false,
    };
}
