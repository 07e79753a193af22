namespace Ocid.Images.Signatures;

internal sealed record SigstoreWire
{
    public string? MimeType { get; init; }

    public byte[]? Payload { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
