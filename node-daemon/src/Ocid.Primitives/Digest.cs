using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Ocid.Primitives;

/// <summary>
/// A content digest, <c>sha256:</c> or <c>sha512:</c> with its lower-case hexadecimal value. The text is safe as a file
/// name: nothing but an algorithm and hexadecimal digits gets in.
/// </summary>
/// <remarks>https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests</remarks>
public sealed record Digest
{
    private Digest(string algorithm, string hex) => (Algorithm, Hex) = (algorithm, hex);

    /// <summary><c>sha256</c> or <c>sha512</c>.</summary>
    public string Algorithm { get; }

    /// <summary>The value: 64 or 128 lower-case hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>Reads <c>algorithm:hex</c>.</summary>
    /// <exception cref="OcidException">InvalidArgument: the text is no supported digest.</exception>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest)
            ? digest
            : throw new OcidException(ErrorKind.InvalidArgument, $"digest {Quoted.Text(text)}: want sha256: and 64, or sha512: and 128, lower-case hexadecimal digits");

    /// <summary>Reads <c>algorithm:hex</c>; false when the text is no supported digest.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Digest? digest)
    {
        digest = null;
        if (text is null || text.IndexOf(':', StringComparison.Ordinal) is var colon && colon < 0)
            return false;

        var algorithm = text.AsSpan(0, colon) switch { "sha256" => "sha256", "sha512" => "sha512", _ => null };
        var hex = text[(colon + 1)..];
        if (algorithm is null || hex.Length != (algorithm == "sha256" ? 64 : 128) || hex.AsSpan().ContainsAnyExcept(HexId.Digits))
            return false;

        digest = new Digest(algorithm, hex);
        return true;
    }

    /// <summary>The digest whose value is these hexadecimal SHA-256 digits.</summary>
    /// <exception cref="OcidException">InvalidArgument: not 64 lower-case hexadecimal digits.</exception>
    public static Digest FromSha256Hex(string hex) => Parse("sha256:" + hex);

    /// <summary>The SHA-256 digest of some bytes.</summary>
    public static Digest Sha256(ReadOnlySpan<byte> content) => FromSha256Hash(SHA256.HashData(content));

    /// <summary>The digest for a finished SHA-256 hash of 32 bytes.</summary>
    public static Digest FromSha256Hash(ReadOnlySpan<byte> hash) => FromSha256Hex(Convert.ToHexStringLower(hash));

    /// <summary><c>algorithm:hex</c>.</summary>
    public override string ToString() => $"{Algorithm}:{Hex}";
}
