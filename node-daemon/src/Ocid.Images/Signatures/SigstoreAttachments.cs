using System.Text.Json;
using System.Text.Json.Nodes;
using Ocid.Images.Manifests;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>Signatures in the registry as cosign puts them there: the layers of an image whose tag is made of the manifest's digest.</summary>
/// <remarks>https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md</remarks>
internal sealed class SigstoreAttachments(RegistryClient registry)
{
    private const int MostSignatures = 128;
    private const int LargestPayload = 1 << 20;

    /// <summary>The signatures; what else is attached (attestations, bills of material) is left where it is.</summary>
    public async Task<IReadOnlyList<SigstoreSignature>> ReadAsync(Digest manifest, CancellationToken ct)
    {
        if (await FindAsync(manifest, ct) is not { } attachments)
            return [];
        var layers = attachments.Layers.Where(layer => layer.MediaType == SigstoreSignature.SimpleSigningType).ToList();
        if (layers.Count > MostSignatures || layers.Exists(layer => layer.Size > LargestPayload))
            throw new OcidException(ErrorKind.ResourceExhausted, $"{Tag(manifest)}: more than {MostSignatures} signatures, or one longer than {LargestPayload} bytes");

        var found = new List<SigstoreSignature>();
        foreach (var layer in layers)
            found.Add(new SigstoreSignature(layer.MediaType, await registry.ReadBlobAsync(layer, ct), layer.Annotations ?? new Dictionary<string, string>()));
        return found;
    }

    /// <summary>Adds a signature to those that are there.</summary>
    /// <returns>The tag that it is under.</returns>
    public async Task<string> WriteAsync(Digest manifest, SigstoreSignature signature, CancellationToken ct)
    {
        var existing = await FindAsync(manifest, ct);
        // As objects, so that what others have put there stays, whether we know it or not.
        var document = existing is null ? NewManifest() : JsonNode.Parse(existing.Bytes.Span)!.AsObject();
        var config = existing is null ? NewConfig() : JsonNode.Parse(await registry.ReadBlobAsync(existing.Config, ct))!.AsObject();

        var payload = await UploadAsync(signature.Payload, ct);
        document["layers"]!.AsArray().Add((JsonNode)new JsonObject
        {
            ["mediaType"] = signature.MediaType,
            ["digest"] = payload.Digest.ToString(),
            ["size"] = payload.Size,
            ["annotations"] = new JsonObject(signature.Annotations.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        });
        config["rootfs"]!["diff_ids"]!.AsArray().Add((JsonNode)payload.Digest.ToString());

        var configuration = await UploadAsync(Bytes(config), ct);
        document["config"] = new JsonObject { ["mediaType"] = MediaTypes.OciConfig, ["digest"] = configuration.Digest.ToString(), ["size"] = configuration.Size };
        await registry.WriteManifestAsync(Tag(manifest), Bytes(document), MediaTypes.OciManifest, ct);
        return Tag(manifest);
    }

    private static string Tag(Digest manifest) => $"{manifest.Algorithm}-{manifest.Hex}.sig";

    private async Task<ManifestDocument?> FindAsync(Digest manifest, CancellationToken ct)
    {
        try
        {
            var found = await registry.ReadManifestAsync(Tag(manifest), ct);
            return found.MediaType == MediaTypes.OciManifest ? found : throw new OcidException(ErrorKind.DataLoss, $"{Tag(manifest)}: {found.MediaType} holds no attachments");
        }
        catch (OcidException absent) when (absent.Kind == ErrorKind.NotFound)
        {
            return null;
        }
    }

    private async Task<UploadedBlob> UploadAsync(byte[] content, CancellationToken ct)
    {
        using var stream = new MemoryStream(content);
        return await registry.UploadBlobAsync(Digest.Sha256(content), stream, ct);
    }

    private static JsonObject NewManifest() => new() { ["schemaVersion"] = 2, ["mediaType"] = MediaTypes.OciManifest, ["config"] = null, ["layers"] = new JsonArray() };

    private static JsonObject NewConfig() => new()
    {
        ["architecture"] = "",
        ["os"] = "",
        ["config"] = new JsonObject(),
        ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray() },
    };

    private static byte[] Bytes(JsonObject document)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            document.WriteTo(writer);
        return buffer.ToArray();
    }
}
