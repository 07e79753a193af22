using System.Diagnostics.CodeAnalysis;

namespace Ocid.Primitives;

/// <summary>The id of an image, the hexadecimal value of its configuration's digest: 64 lower-case hexadecimal digits, safe as a file name.</summary>
public sealed record ImageId
{
    private ImageId(string value) => Value = value;

    /// <summary>The 64 digits.</summary>
    public string Value { get; }

    /// <summary>The id that the image with this configuration has in every store.</summary>
    /// <exception cref="OcidException">InvalidArgument: not a SHA-256 digest.</exception>
    public static ImageId OfConfig(Digest configDigest) => Parse(configDigest.Hex);

    /// <summary>Reads a whole id.</summary>
    /// <exception cref="OcidException">InvalidArgument: not 64 lower-case hexadecimal digits.</exception>
    public static ImageId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new OcidException(ErrorKind.InvalidArgument, $"image id {Quoted.Text(text)}: want 64 lower-case hexadecimal digits");

    /// <summary>Reads a whole id; false when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ImageId? id)
    {
        id = HexId.IsValid(text) ? new ImageId(text) : null;
        return id is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
