using System.Text;
using Ocid.Images.Live;
using Ocid.Images.Manifests;
using Ocid.Images.Policy;
using Ocid.Images.Signatures;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Signatures;

/// <summary>An image that policies decide about in these tests, and the payload that speaks of it.</summary>
internal static class SignedImage
{
    public const string Name = "registry.example/team/app:1";

    public static ManifestDocument Manifest { get; } = ManifestDocument.Parse(
        Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{"mediaType":"{{MediaTypes.OciConfig}}","digest":"{{Digest.Sha256([])}}","size":0},"layers":[]}"""), null);

    /// <summary>A payload, of GPG's kind or another.</summary>
    public static byte[] Payload(string type = SignedPayload.SimpleType, string? digest = null, string name = Name) => Encoding.UTF8.GetBytes(
        $$$"""{"critical":{"type":"{{{type}}}","image":{"docker-manifest-digest":"{{{digest ?? Manifest.Digest.ToString()}}}"},"identity":{"docker-reference":"{{{name}}}"}},"optional":{"creator":"test","timestamp":1700000000}}""");

    /// <summary>The same payload with one piece of its text exchanged.</summary>
    public static byte[] PayloadWith(string type, string piece, string other)
    {
        var text = Encoding.UTF8.GetString(Payload(type));
        text.Should().Contain(piece);
        return Encoding.UTF8.GetBytes(text.Replace(piece, other, StringComparison.Ordinal));
    }

    /// <summary>Decides as a pull does.</summary>
    /// <returns>Why it is refused; null where it is accepted.</returns>
    public static async Task<string?> DecideAsync(Requirement requirement, params ImageSignature[] signatures)
    {
        var nowhere = new LookasideConfiguration(new ImageConfigurationRoots([]));
        var policy = new PolicyInForce(new PolicyDocument([requirement], new Dictionary<string, IReadOnlyList<Requirement>>()), nowhere);
        try
        {
            await policy.RequireAsync(new PolicySubject(ImageReference.Parse(Name), Manifest, new GivenSignatures(signatures)), CancellationToken.None);
            return null;
        }
        catch (OcidException refused) when (refused.Kind == ErrorKind.PermissionDenied)
        {
            refused.Message.Should().StartWith($"SignatureValidationFailed: image {Name}: policy scope default: {requirement.Type}: ");
            return refused.Message;
        }
    }

    /// <summary>What every payload must refuse, whichever format carries it.</summary>
    public static Dictionary<string, Func<string, byte[]>> WrongPayloads { get; } = new()
    {
        ["another digest"] = type => Payload(type, Digest.Sha256("another"u8).ToString()),
        ["another tag"] = type => Payload(type, name: "registry.example/team/app:2"),
        ["another repository"] = type => Payload(type, name: "registry.example/team/other:1"),
        ["another registry"] = type => Payload(type, name: "registry.example.org/team/app:1"),
        ["no tag"] = type => Payload(type, name: "registry.example/team/app"),
        ["no reference"] = type => Payload(type, name: "not a reference"),
        ["another type"] = _ => Payload("something else"),
        ["the type of the other format"] = type => Payload(type == SignedPayload.SimpleType ? SignedPayload.SigstoreType : SignedPayload.SimpleType),
        ["a digest that is none"] = type => Payload(type, "sha256:00"),
        ["a duplicate member"] = type => PayloadWith(type, "\"optional\"", "\"critical\":{},\"optional\""),
        ["a duplicate member within"] = type => PayloadWith(type, "\"identity\":{", "\"image\":{\"docker-manifest-digest\":\"x\"},\"identity\":{"),
        ["a duplicate member, escaped"] = type => PayloadWith(type, "\"identity\":{", "\"identity\":{\"docker-reference\":\"x\"},\"\\u0069dentity\":{"),
        ["an extra member"] = type => PayloadWith(type, "\"optional\"", "\"more\":1,\"optional\""),
        ["an extra critical member"] = type => PayloadWith(type, "\"identity\":{", "\"more\":1,\"identity\":{"),
        ["an extra member of the image"] = type => PayloadWith(type, "\"image\":{", "\"image\":{\"more\":1,"),
        ["no optional part"] = type => PayloadWith(type, ",\"optional\":{\"creator\":\"test\",\"timestamp\":1700000000}", ""),
        ["an optional part of the wrong kind"] = type => PayloadWith(type, "{\"creator\":\"test\",\"timestamp\":1700000000}", "[]"),
        ["a fraction of a second"] = type => PayloadWith(type, "1700000000", "1700000000.5"),
        ["a creator that is a number"] = type => PayloadWith(type, "\"test\"", "7"),
        ["a reference that is no text"] = type => PayloadWith(type, $"\"{Name}\"", "[]"),
        ["a member in other letters"] = type => PayloadWith(type, "\"critical\"", "\"Critical\""),
        ["text behind it"] = type => [.. Payload(type), .. "{}"u8],
        ["no JSON"] = _ => "signed"u8.ToArray(),
        ["nothing"] = _ => [],
    };
}
