using System.Diagnostics.CodeAnalysis;
using Ocid.Primitives;

namespace Ocid.Revisions;

/// <summary>The Secret that holds a revision.</summary>
public static class RevisionSecret
{
    /// <summary>Its type.</summary>
    public const string Type = "ocid.dev/revision";

    /// <summary>The namespace for revisions, unless configured otherwise.</summary>
    public const string DefaultNamespace = "ocid-revisions";

    /// <summary>The most bytes that the API server takes as a Secret's data.</summary>
    /// <remarks>https://kubernetes.io/docs/concepts/configuration/secret/#restriction-data-size</remarks>
    public const long MaxBytes = 1 << 20;

    private const int LongestKey = 253;
    private const string NamePrefix = "rev-";

    /// <summary>The name of the Secret of a revision.</summary>
    public static string NameOf(RevisionHash hash) => NamePrefix + hash;

    /// <summary>The revision that a Secret of this name holds; false where it is no revision's.</summary>
    public static bool TryParseName([NotNullWhen(true)] string? name, [NotNullWhen(true)] out RevisionHash? hash)
    {
        hash = null;
        return name is not null && name.StartsWith(NamePrefix, StringComparison.Ordinal) && RevisionHash.TryParse(name[NamePrefix.Length..], out hash);
    }

    internal static bool IsKey([NotNullWhen(true)] string? key) =>
        key is { Length: > 0 and <= LongestKey } and not ("." or "..") && key.All(IsKeyCharacter);

    /// <summary>A key for each path: the path with '_' for what no key may hold; a second path of the same key, or one too long, gets a digest in it.</summary>
    internal static IReadOnlyList<string> KeysOf(IEnumerable<RevisionPath> paths)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { RevisionDocument.FileName };
        return [.. paths.Select(path => KeyOf(path, taken))];
    }

    private static string KeyOf(RevisionPath path, HashSet<string> taken)
    {
        var plain = string.Concat(path.Value.Select(c => IsKeyCharacter(c) ? c : '_'));
        if (IsKey(plain) && taken.Add(plain))
            return plain;

        var suffix = "-" + Digest.Sha256(System.Text.Encoding.UTF8.GetBytes(path.Value)).Hex[..16];
        var distinct = plain[..Math.Min(plain.Length, LongestKey - suffix.Length)] + suffix;
        taken.Add(distinct);
        return distinct;
    }

    private static bool IsKeyCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
