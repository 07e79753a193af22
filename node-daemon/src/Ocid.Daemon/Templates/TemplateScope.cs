namespace Ocid.Daemon.Templates;

/// <summary>What a name means at a place in a template: the dot, and variables, those of outer blocks too.</summary>
internal sealed class TemplateScope
{
    private readonly TemplateScope? _outer;
    private readonly Dictionary<string, object?> _variables = new(StringComparer.Ordinal);

    public TemplateScope(object? value)
        : this(value, null) => _variables[""] = value;

    private TemplateScope(object? dot, TemplateScope? outer) => (Dot, _outer) = (dot, outer);

    public object? Dot { get; }

    public TemplateScope Inner(object? dot) => new(dot, this);

    public void Declare(string name, object? value) => _variables[name] = value;

    public void Assign(string name, object? value) => Holding(name)._variables[name] = value;

    public object? Variable(string name) => Holding(name)._variables[name];

    private TemplateScope Holding(string name)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._variables.ContainsKey(name))
                return scope;
        }

        throw GoTemplate.Wrong($"the variable ${name} is nowhere declared");
    }
}
