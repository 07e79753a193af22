using System.Diagnostics.CodeAnalysis;
using System.Text;
using Ocid.Primitives;

namespace Ocid.Revisions;

/// <summary>
/// Where a file of a revision is, below the revision's directory: names between single slashes, none of them <c>.</c> or <c>..</c>, without control
/// characters and backslashes, in UTF-8 at most 255 bytes each and 1024 together.
/// </summary>
public sealed record RevisionPath
{
    private const int LongestName = 255;
    private const int Longest = 1024;

    private RevisionPath(string value) => Value = value;

    /// <summary>The one order of a revision's files: by their paths' UTF-16 code units.</summary>
    public static IComparer<RevisionPath> Order { get; } = Comparer<RevisionPath>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value));

    /// <summary>The path, as <c>certs.d/registry.example:5000/ca.crt</c>.</summary>
    public string Value { get; }

    /// <summary>Reads a path.</summary>
    /// <exception cref="OcidException">InvalidArgument: it would leave the directory, or is no good path of a file.</exception>
    public static RevisionPath Parse(string text) => TryParse(text, out var path)
        ? path
        : throw new OcidException(ErrorKind.InvalidArgument, $"path {Quoted.Text(text)}: want names between single slashes, without '.', '..', '\\' and control characters, and not {RevisionDocument.FileName}");

    /// <summary>Reads a path; false when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RevisionPath? path)
    {
        // The document lies beside the files.
        var good = text is { Length: > 0 and <= Longest } and not RevisionDocument.FileName && IsText(text) && text.Split('/').All(IsName);
        path = good ? new RevisionPath(text!) : null;
        return good;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsName(string name) => name is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(name) <= LongestName;

    private static bool IsText(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar && !Rune.IsControl(rune) && rune.Value != '\\');
}
