namespace Ocid.Images.Signatures;

/// <summary>GPG simple signing: an OpenPGP message, binary, that holds the signed JSON.</summary>
/// <remarks>https://github.com/containers/image/blob/main/docs/containers-signature.5.md</remarks>
internal sealed record SimpleSignature(byte[] Message) : ImageSignature
{
    public const string Format = "simple-signing";

    public override byte[] ToBlob() => Message;
}
