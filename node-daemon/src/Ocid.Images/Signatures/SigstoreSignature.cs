using System.Text.Json;

namespace Ocid.Images.Signatures;

/// <summary>An attachment as cosign makes it: a payload, and annotations, one of which holds the signature.</summary>
internal sealed record SigstoreSignature(string MediaType, byte[] Payload, IReadOnlyDictionary<string, string> Annotations) : ImageSignature
{
    public const string Format = "sigstore-json";
    public const string SimpleSigningType = "application/vnd.dev.cosign.simplesigning.v1+json";
    public const string SignatureAnnotation = "dev.cosignproject.cosign/signature";

    public override byte[] ToBlob() => WithMark(Format, JsonSerializer.SerializeToUtf8Bytes(
        new SigstoreWire { MimeType = MediaType, Payload = Payload, Annotations = Annotations }, SignatureJson.Default.SigstoreWire));

    /// <returns>Null where it is malformed.</returns>
    public static SigstoreSignature? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            var wire = JsonSerializer.Deserialize(json, SignatureJson.Default.SigstoreWire);
            return new SigstoreSignature(wire?.MimeType ?? "", wire?.Payload ?? [], wire?.Annotations ?? new Dictionary<string, string>());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
