using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Ocid.Primitives;

/// <summary>
/// A normalised image reference: registry host, repository path, and a tag, a digest, both, or neither.
/// <c>busybox</c> is <c>docker.io/library/busybox</c>, as every tool of the field reads it.
/// </summary>
/// <remarks>https://github.com/distribution/reference</remarks>
public sealed partial record ImageReference
{
    private const int LongestName = 255;

    private ImageReference(string domain, string path, string? tag, Digest? digest) =>
        (Domain, Path, Tag, Digest) = (domain, path, tag, digest);

    /// <summary>The registry host with its port, for example <c>docker.io</c> or <c>127.0.0.1:5000</c>.</summary>
    public string Domain { get; }

    /// <summary>The repository within the registry, for example <c>library/busybox</c>.</summary>
    public string Path { get; }

    /// <summary>The tag, where one is named.</summary>
    public string? Tag { get; }

    /// <summary>The manifest digest, where one is named.</summary>
    public Digest? Digest { get; }

    /// <summary>Host and path, without tag and digest.</summary>
    public string Name => $"{Domain}/{Path}";

    /// <summary>Reads a reference and normalises it. No tag is added: see <see cref="WithDefaultTag"/>.</summary>
    /// <exception cref="OcidException">InvalidArgument: the text is no reference.</exception>
    public static ImageReference Parse(string text) =>
        TryParse(text, out var reference)
            ? reference
            : throw new OcidException(ErrorKind.InvalidArgument, $"image reference {Quoted.Text(text)}: want [host[:port]/]path[:tag][@digest], path in lower case");

    /// <summary>Reads a reference and normalises it; false when the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = null;
        if (string.IsNullOrEmpty(text) || Syntax().Match(text) is not { Success: true } match)
            return false;

        Digest? digest = null;
        if (match.Groups["digest"] is { Success: true } found && !Digest.TryParse(found.Value, out digest))
            return false;

        var (domain, path) = Normalise(match.Groups["domain"], match.Groups["path"].Value);
        if (domain.Length + 1 + path.Length > LongestName || HexId.IsValid(text))
            return false;

        var tag = match.Groups["tag"];
        reference = new ImageReference(domain, path, tag.Success ? tag.Value : null, digest);
        return true;
    }

    /// <summary>The same reference with tag <c>latest</c> where it names neither tag nor digest.</summary>
    public ImageReference WithDefaultTag() => Tag is null && Digest is null ? WithTag("latest") : this;

    /// <summary>The repository with this tag and no digest.</summary>
    /// <exception cref="OcidException">InvalidArgument: the text is no tag.</exception>
    public ImageReference WithTag(string tag) => Parse($"{Name}:{tag}");

    /// <summary>The repository with this digest and no tag.</summary>
    public ImageReference WithDigest(Digest digest) => new(Domain, Path, null, digest);

    /// <summary>The normalised text.</summary>
    public override string ToString() => $"{Name}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    // The first component is a host only if it looks like one: a dot, a port, "localhost", or an upper-case letter.
    private static (string Domain, string Path) Normalise(Group domain, string path)
    {
        if (!domain.Success)
            return ("docker.io", path.Contains('/', StringComparison.Ordinal) ? path : "library/" + path);
        if (domain.Value is not ("docker.io" or "index.docker.io"))
            return (domain.Value, path);
        return ("docker.io", path.Contains('/', StringComparison.Ordinal) ? path : "library/" + path);
    }

    [GeneratedRegex("""
        ^(?:(?<domain>(?:localhost|(?=[^/]*[.:A-Z\[])(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*))(?::[0-9]{1,5})?)/)?
        (?<path>[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)
        (?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?
        (?:@(?<digest>[a-z0-9]+:[0-9a-f]+))?\z
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Syntax();
}
