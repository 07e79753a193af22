using System.Text;

namespace Ocid.Daemon.Templates;

/// <summary>A part of a template that makes text.</summary>
internal abstract record TemplateNode
{
    public abstract void Render(TemplateScope scope, StringBuilder output);

    /// <summary>Text outside of actions.</summary>
    public sealed record Literal(string Text) : TemplateNode
    {
        public override void Render(TemplateScope scope, StringBuilder output) => output.Append(Text);
    }

    /// <summary><c>{{.Name}}</c>.</summary>
    public sealed record Output(TemplateExpression Value) : TemplateNode
    {
        public override void Render(TemplateScope scope, StringBuilder output) => output.Append(GoText.Print(Value.Of(scope)));
    }

    /// <summary><c>{{$x := .Name}}</c>, or <c>=</c> for a variable that there is.</summary>
    public sealed record Assignment(string Variable, bool Declares, TemplateExpression Value) : TemplateNode
    {
        public override void Render(TemplateScope scope, StringBuilder output)
        {
            if (Declares)
                scope.Declare(Variable, Value.Of(scope));
            else
                scope.Assign(Variable, Value.Of(scope));
        }
    }

    /// <summary><c>{{if}}</c>, and <c>{{with}}</c>, whose value is the dot within.</summary>
    public sealed record Choice(TemplateExpression Value, bool IsWith, string? Variable, IReadOnlyList<TemplateNode> Then, IReadOnlyList<TemplateNode> Else) : TemplateNode
    {
        public override void Render(TemplateScope scope, StringBuilder output)
        {
            var value = Value.Of(scope);
            var isTrue = GoText.IsTrue(value);
            var inner = scope.Inner(isTrue && IsWith ? value : scope.Dot);
            if (Variable is not null)
                inner.Declare(Variable, value);
            foreach (var node in isTrue ? Then : Else)
                node.Render(inner, output);
        }
    }

    /// <summary><c>{{range}}</c>.</summary>
    public sealed record Loop(TemplateExpression Value, string? Key, string? Element, IReadOnlyList<TemplateNode> Body, IReadOnlyList<TemplateNode> Else) : TemplateNode
    {
        public override void Render(TemplateScope scope, StringBuilder output)
        {
            var elements = GoText.Elements(Value.Of(scope));
            foreach (var (key, element) in elements)
            {
                var inner = scope.Inner(element);
                if (Key is not null)
                    inner.Declare(Key, key);
                if (Element is not null)
                    inner.Declare(Element, element);
                foreach (var node in Body)
                    node.Render(inner, output);
            }

            foreach (var node in elements.Count == 0 ? Else : [])
                node.Render(scope, output);
        }
    }
}
