using System.Diagnostics.CodeAnalysis;

namespace Ocid.Images.Registries;

/// <summary>A name that says no registry, such as <c>busybox:1</c> or <c>library/busybox</c>.</summary>
/// <param name="Repository">The name without tag and digest: what an alias is looked up by.</param>
/// <param name="Rest">The tag with its colon, the digest with its at sign, both, or nothing.</param>
internal sealed record ShortName(string Repository, string Rest)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out ShortName? name)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : text[..slash];
        var named = first == "localhost" || first.Any(c => c is '.' or ':' or '[' || char.IsAsciiLetterUpper(c));
        var end = text.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? at : text.Length;
        if (text.IndexOf(':', slash + 1) is >= 0 and var colon && colon < end)
            end = colon;
        name = named ? null : new ShortName(text[..end], text[end..]);
        return name is not null;
    }

    public override string ToString() => Repository + Rest;
}
