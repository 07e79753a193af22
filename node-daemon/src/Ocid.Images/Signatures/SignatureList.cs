using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>What a registry with the signature extension answers.</summary>
internal sealed record SignatureList
{
    private const int Version = 2;
    private const string Simple = "atomic";

    public IReadOnlyList<Entry>? Signatures { get; init; }

    /// <exception cref="OcidException">DataLoss: malformed.</exception>
    public static IReadOnlyList<ImageSignature> Parse(byte[] json, string what)
    {
        try
        {
            var list = JsonSerializer.Deserialize(json, SignatureJson.Default.SignatureList);
            return [.. (list?.Signatures ?? []).Where(entry => entry is { SchemaVersion: Version, Type: Simple, Content: not null }).Select(entry => new SimpleSignature(entry.Content!))];
        }
        catch (JsonException malformed)
        {
            throw new OcidException(ErrorKind.DataLoss, $"{what}: {malformed.Message}", malformed);
        }
    }

    internal sealed record Entry
    {
        public int SchemaVersion { get; init; }

        public string? Type { get; init; }

        public byte[]? Content { get; init; }
    }
}
