using System.Text;
using Ocid.Primitives;

namespace Ocid.Daemon.Templates;

/// <summary>
/// What users of podman and skopeo write behind <c>--format</c>: the part of Go's text/template that works on fields. Other parts are refused by name.
/// </summary>
/// <remarks>https://pkg.go.dev/text/template</remarks>
internal sealed class GoTemplate
{
    private readonly IReadOnlyList<TemplateNode> _nodes;

    private GoTemplate(IReadOnlyList<TemplateNode> nodes) => _nodes = nodes;

    /// <exception cref="OcidException">InvalidArgument: it cannot be understood; the message says where.</exception>
    public static GoTemplate Parse(string text)
    {
        // podman and skopeo end the template, not what comes of it, with a new line.
        var ended = text.EndsWith('\n') || text.EndsWith("\\n", StringComparison.Ordinal) ? text : text + "\n";
        return new GoTemplate(new TemplateParser(TemplateLexer.Read(ended)).Parse());
    }

    /// <summary>The text for a value.</summary>
    /// <exception cref="OcidException">InvalidArgument: the template asks for what the value does not have.</exception>
    public string Render(object? value)
    {
        var output = new StringBuilder();
        var scope = new TemplateScope(value);
        foreach (var node in _nodes)
            node.Render(scope, output);
        return output.ToString();
    }

    /// <summary>A refusal.</summary>
    internal static OcidException Wrong(string reason) => new(ErrorKind.InvalidArgument, $"--format: {reason}");
}
