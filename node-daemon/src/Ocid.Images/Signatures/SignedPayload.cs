using System.Security.Cryptography;
using System.Text.Json;
using Ocid.Images.Policy;
using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>What a signature says: this manifest is the image of that name. GPG simple signing and cosign sign the same JSON, but for its type.</summary>
/// <remarks>https://github.com/containers/image/blob/main/docs/containers-signature.5.md#json-data-format</remarks>
internal sealed record SignedPayload(Digest Manifest, string Reference)
{
    public const string SimpleType = "atomic container signature";
    public const string SigstoreType = "cosign container image signature";

    /// <exception cref="SignatureException">It is not what <paramref name="type"/> says, member by member.</exception>
    public static SignedPayload Parse(ReadOnlyMemory<byte> json, string type)
    {
        try
        {
            return Read(StrictObject.Parse(json, "payload "), type);
        }
        catch (OcidException wrong) when (wrong.Kind == ErrorKind.InvalidArgument)
        {
            throw new SignatureException(wrong.Message, wrong);
        }
    }

    /// <summary>The JSON to sign.</summary>
    public byte[] ToJson(string type, DateTimeOffset now)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("critical");
            json.WriteStartObject("identity");
            json.WriteString("docker-reference", Reference);
            json.WriteEndObject();
            json.WriteStartObject("image");
            json.WriteString("docker-manifest-digest", Manifest.ToString());
            json.WriteEndObject();
            json.WriteString("type", type);
            json.WriteEndObject();
            json.WriteStartObject("optional");
            json.WriteString("creator", "ocid");
            json.WriteNumber("timestamp", now.ToUnixTimeSeconds());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <exception cref="SignatureException">It is of another manifest, or for a name that the policy does not accept here.</exception>
    public void Require(PolicySubject subject, SignedIdentity identity)
    {
        var actual = Manifest.Algorithm == "sha512" ? Digest.Parse($"sha512:{Convert.ToHexStringLower(SHA512.HashData(subject.Manifest.Bytes.Span))}") : subject.Manifest.Digest;
        if (Manifest != actual)
            throw new SignatureException($"the signature is of manifest {Manifest}, not of {subject.Manifest.Digest}");
        if (!identity.Accepts(subject.Identity, Reference))
            throw new SignatureException($"the signature is for {Quoted.Text(Reference)}, which is not accepted for {subject.Identity}");
    }

    private static SignedPayload Read(StrictObject root, string type)
    {
        var critical = root.Object("critical");
        CheckOptional(root, type);
        root.End();

        if (critical.Text("type") is var said && said != type)
            throw StrictObject.Wrong(critical.Path, $"type {Quoted.Text(said)} instead of {Quoted.Text(type)}");
        var image = critical.Object("image");
        var identity = critical.Object("identity");
        critical.End();

        var payload = new SignedPayload(Digest.Parse(image.Text("docker-manifest-digest")), identity.Text("docker-reference"));
        image.End();
        identity.End();
        return payload;
    }

    // Anybody may add to it; but what has a meaning has a type. cosign writes null where there is nothing.
    private static void CheckOptional(StrictObject root, string type)
    {
        if (type == SigstoreType && root.Value("optional").ValueKind == JsonValueKind.Null)
            return;
        var optional = root.Object("optional");
        if (optional.Has("creator"))
            optional.Text("creator");
        if (optional.Has("timestamp") && !(optional.Value("timestamp") is { ValueKind: JsonValueKind.Number } time && time.TryGetDouble(out var seconds) && seconds == Math.Truncate(seconds)))
            throw StrictObject.Wrong(optional.Path, "timestamp is no whole number");
    }
}
