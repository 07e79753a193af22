using System.Diagnostics.CodeAnalysis;
using Ocid.Primitives;

namespace Ocid.Revisions;

/// <summary>The name of a revision: the first 16 hexadecimal digits of the SHA-256 of its document. Safe as a file name and in an object's name.</summary>
public sealed record RevisionHash
{
    private const int Length = 16;

    private RevisionHash(string value) => Value = value;

    /// <summary>The 16 digits.</summary>
    public string Value { get; }

    /// <summary>The hash of a document's bytes.</summary>
    public static RevisionHash Of(ReadOnlySpan<byte> document) => new(Digest.Sha256(document).Hex[..Length]);

    /// <summary>Reads a whole hash.</summary>
    /// <exception cref="OcidException">InvalidArgument: not 16 lower-case hexadecimal digits.</exception>
    public static RevisionHash Parse(string text) =>
        TryParse(text, out var hash) ? hash : throw new OcidException(ErrorKind.InvalidArgument, $"revision {Quoted.Text(text)}: want {Length} lower-case hexadecimal digits");

    /// <summary>Reads a whole hash; false when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RevisionHash? hash)
    {
        hash = text is { Length: Length } && text.All(char.IsAsciiHexDigitLower) ? new RevisionHash(text) : null;
        return hash is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
