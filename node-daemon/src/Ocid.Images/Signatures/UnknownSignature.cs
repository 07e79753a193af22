namespace Ocid.Images.Signatures;

/// <summary>Something in the place of a signature. It proves nothing, and does not keep another beside it from doing so.</summary>
/// <param name="Blob">What is there.</param>
/// <param name="What">What it looks like, for people.</param>
internal sealed record UnknownSignature(byte[] Blob, string What) : ImageSignature
{
    public override byte[] ToBlob() => Blob;
}
