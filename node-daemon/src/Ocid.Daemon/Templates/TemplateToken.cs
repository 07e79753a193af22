namespace Ocid.Daemon.Templates;

/// <summary>A piece of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says: of a string its content, of a field or variable the name without its mark.</param>
/// <param name="Column">Where it begins, from 1.</param>
/// <param name="Joined">Whether it follows the one before without a space, as a field does what it is a field of.</param>
internal sealed record TemplateToken(TemplateTokenKind Kind, string Text, int Column, bool Joined = false)
{
    public override string ToString() => Kind switch
    {
        TemplateTokenKind.Field => "." + Text,
        TemplateTokenKind.Variable => "$" + Text,
        TemplateTokenKind.Close => "}}",
        TemplateTokenKind.End => "the end",
        _ => Text,
    };
}
