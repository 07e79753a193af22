using System.Globalization;

namespace Ocid.Daemon.Templates;

/// <summary>Puts a template's tokens together.</summary>
internal sealed class TemplateParser(IReadOnlyList<TemplateToken> tokens)
{
    private static readonly string[] s_unsupported = ["define", "template", "block", "break", "continue", "printf", "html", "js", "urlquery", "slice", "call", "table", "pad"];

    private int _at;

    private TemplateToken Current => tokens[_at];

    public IReadOnlyList<TemplateNode> Parse()
    {
        var nodes = Nodes();
        return Current.Kind == TemplateTokenKind.End ? nodes : throw Unexpected(tokens[_at + 1]);
    }

    // Up to {{end}}, {{else}} or the end; those are left to the caller.
    private List<TemplateNode> Nodes()
    {
        var nodes = new List<TemplateNode>();
        while (Current.Kind != TemplateTokenKind.End)
        {
            if (Current.Kind == TemplateTokenKind.Literal)
                nodes.Add(new TemplateNode.Literal(Next().Text));
            else if (tokens[_at + 1] is { Kind: TemplateTokenKind.Name, Text: "end" or "else" })
                break;
            else
                nodes.Add(Action());
        }

        return nodes;
    }

    private TemplateNode Action()
    {
        _at++; // {{
        switch (Current)
        {
            case { Kind: TemplateTokenKind.Name, Text: "if" or "with" }:
                return Choice(Next().Text == "with");
            case { Kind: TemplateTokenKind.Name, Text: "range" }:
                _at++;
                return Loop();
            case { Kind: TemplateTokenKind.Variable } when tokens[_at + 1] is { Kind: TemplateTokenKind.Mark, Text: ":=" or "=" }:
                var (variable, mark) = (Next().Text, Next().Text);
                var assignment = new TemplateNode.Assignment(variable, mark == ":=", Pipeline());
                Close();
                return assignment;
            default:
                var output = new TemplateNode.Output(Pipeline());
                Close();
                return output;
        }
    }

    private TemplateNode.Choice Choice(bool isWith)
    {
        var names = Declared(most: 1);
        var value = Pipeline();
        Close();
        var then = Nodes();
        return new TemplateNode.Choice(value, isWith, names.FirstOrDefault(), then, Else(chained: !isWith));
    }

    private TemplateNode.Loop Loop()
    {
        var names = Declared(most: 2);
        var value = Pipeline();
        Close();
        var body = Nodes();
        return new TemplateNode.Loop(value, names.Count == 2 ? names[0] : null, names.LastOrDefault(), body, Else(chained: false));
    }

    // $x :=, or $key, $value :=
    private List<string> Declared(int most)
    {
        var (names, start) = (new List<string>(), _at);
        while (Current.Kind == TemplateTokenKind.Variable && names.Count < most)
        {
            names.Add(Next().Text);
            if (Take(":="))
                return names;
            if (!Take(","))
                break;
        }

        _at = start;
        return [];
    }

    private List<TemplateNode> Else(bool chained)
    {
        List<TemplateNode> nodes = [];
        if (IsAction("else"))
        {
            _at += 2;
            if (chained && Current is { Kind: TemplateTokenKind.Name, Text: "if" })
            {
                _at++;
                return [Choice(isWith: false)]; // its {{end}} is ours
            }

            Close();
            nodes = Nodes();
        }

        if (!IsAction("end"))
            throw Current.Kind == TemplateTokenKind.End ? GoTemplate.Wrong("an {{if}}, {{with}} or {{range}} has no {{end}}") : Unexpected(tokens[_at + 1]);
        _at += 2;
        Close();
        return nodes;
    }

    private TemplateExpression Pipeline()
    {
        var value = Command(null);
        while (Take("|"))
            value = Command(value);
        return value;
    }

    // What comes through the pipe is the last argument.
    private TemplateExpression Command(TemplateExpression? piped)
    {
        var first = Current;
        if (first.Kind != TemplateTokenKind.Name || first.Text is "true" or "false" or "nil")
        {
            var value = Operand();
            return piped is null ? value : throw GoTemplate.Wrong($"column {first.Column}: {first} is no function: nothing can be piped into it");
        }

        _at++;
        var function = TemplateFunction.Find(first.Text) ?? throw GoTemplate.Wrong(
            $"column {first.Column}: {first.Text} is {(s_unsupported.Contains(first.Text) ? "not supported" : "no function")}; there are {TemplateFunction.Names}");
        var arguments = new List<TemplateExpression>();
        while (Current.Kind is not (TemplateTokenKind.Close or TemplateTokenKind.Mark or TemplateTokenKind.End) || Current is { Kind: TemplateTokenKind.Mark, Text: "(" })
            arguments.Add(Operand());
        if (piped is not null)
            arguments.Add(piped);
        return arguments.Count >= function.Least && arguments.Count <= function.Most
            ? new TemplateExpression.Call(function, arguments)
            : throw GoTemplate.Wrong($"column {first.Column}: {first.Text} wants {(function.Least == function.Most ? $"{function.Least}" : $"{function.Least} or more")} arguments, not {arguments.Count}");
    }

    private TemplateExpression Operand()
    {
        var token = Next();
        TemplateExpression value = token switch
        {
            { Kind: TemplateTokenKind.Dot } => new TemplateExpression.Dot(),
            { Kind: TemplateTokenKind.Field } => new TemplateExpression.Field(new TemplateExpression.Dot(), token.Text),
            { Kind: TemplateTokenKind.Variable } => new TemplateExpression.Variable(token.Text),
            { Kind: TemplateTokenKind.String } => new TemplateExpression.Constant(token.Text),
            { Kind: TemplateTokenKind.Number } => new TemplateExpression.Constant(
                long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Unexpected(token)),
            { Kind: TemplateTokenKind.Name, Text: "true" } => new TemplateExpression.Constant(true),
            { Kind: TemplateTokenKind.Name, Text: "false" } => new TemplateExpression.Constant(false),
            { Kind: TemplateTokenKind.Name, Text: "nil" } => new TemplateExpression.Constant(null),
            { Kind: TemplateTokenKind.Mark, Text: "(" } => Parenthesis(),
            _ => throw Unexpected(token),
        };
        while (Current is { Kind: TemplateTokenKind.Field, Joined: true })
            value = new TemplateExpression.Field(value, Next().Text);
        return value;
    }

    private TemplateExpression Parenthesis()
    {
        var value = Pipeline();
        return Take(")") ? value : throw Unexpected(Current);
    }

    private bool IsAction(string name) => Current.Kind == TemplateTokenKind.Open && tokens[_at + 1] is { Kind: TemplateTokenKind.Name } word && word.Text == name;

    private void Close()
    {
        if (Next() is { Kind: not TemplateTokenKind.Close } other)
            throw Unexpected(other);
    }

    private bool Take(string mark)
    {
        var found = Current is { Kind: TemplateTokenKind.Mark } current && current.Text == mark;
        if (found)
            _at++;
        return found;
    }

    private TemplateToken Next() => tokens[_at].Kind == TemplateTokenKind.End ? tokens[_at] : tokens[_at++];

    private static Primitives.OcidException Unexpected(TemplateToken token) => GoTemplate.Wrong($"column {token.Column}: {token} was not expected here");
}
