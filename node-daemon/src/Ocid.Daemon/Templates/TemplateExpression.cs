namespace Ocid.Daemon.Templates;

/// <summary>A part of an action that has a value.</summary>
internal abstract record TemplateExpression
{
    public abstract object? Of(TemplateScope scope);

    public sealed record Constant(object? Value) : TemplateExpression
    {
        public override object? Of(TemplateScope scope) => Value;
    }

    /// <summary><c>.</c></summary>
    public sealed record Dot : TemplateExpression
    {
        public override object? Of(TemplateScope scope) => scope.Dot;
    }

    /// <summary><c>$name</c>; without a name the whole value.</summary>
    public sealed record Variable(string Name) : TemplateExpression
    {
        public override object? Of(TemplateScope scope) => scope.Variable(Name);
    }

    public sealed record Field(TemplateExpression Owner, string Name) : TemplateExpression
    {
        public override object? Of(TemplateScope scope) => GoText.Field(Owner.Of(scope), Name);
    }

    public sealed record Call(TemplateFunction Function, IReadOnlyList<TemplateExpression> Arguments) : TemplateExpression
    {
        public override object? Of(TemplateScope scope) => Function.Call([.. Arguments.Select(argument => argument.Of(scope))]);
    }
}
