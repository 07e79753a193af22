using System.Buffers.Text;
using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Images.Manifests;

/// <summary>The text of a schema 1 manifest that its digest is made of: what is left when the signatures, which are inside, are taken out.</summary>
/// <remarks>https://github.com/distribution/distribution/blob/v2.8.3/docs/spec/manifest-v2-1.md#signed-manifests</remarks>
internal static class Schema1Payload
{
    /// <exception cref="OcidException">DataLoss: the signatures contradict one another, or the text.</exception>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> document, IReadOnlyList<Schema1Signature>? signatures)
    {
        if (signatures is null or [])
            return document;

        try
        {
            var extent = signatures.Select(ExtentOf).Distinct().ToArray();
            if (extent is not [{ FormatLength: > 0 } one] || one.FormatLength > document.Length)
                throw Wrong(null);
            return (byte[])[.. document.Span[..one.FormatLength], .. Base64Url.DecodeFromChars(one.FormatTail)];
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException)
        {
            throw Wrong(malformed);
        }
    }

    private static Schema1Signature.Extent? ExtentOf(Schema1Signature signature) =>
        JsonSerializer.Deserialize(Base64Url.DecodeFromChars(signature.Protected), ManifestJson.Default.Extent);

    private static OcidException Wrong(Exception? cause) => new(ErrorKind.DataLoss, "manifest: its signatures do not say what they sign", cause);
}
