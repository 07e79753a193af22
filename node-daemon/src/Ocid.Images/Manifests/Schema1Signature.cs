namespace Ocid.Images.Manifests;

/// <summary>A signature inside a schema 1 manifest. Nobody checks them any more; they say where the signed text ends.</summary>
internal sealed record Schema1Signature
{
    public string? Protected { get; init; }

    /// <summary>What <see cref="Protected"/> holds: the signed text is so much of the document, and then this.</summary>
    internal sealed record Extent
    {
        public int FormatLength { get; init; }

        public string? FormatTail { get; init; }
    }
}
