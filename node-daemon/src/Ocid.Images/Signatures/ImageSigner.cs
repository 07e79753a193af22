using Ocid.Images.Live;
using Ocid.Images.Manifests;
using Ocid.Images.Policy;
using Ocid.Images.Registries;
using Ocid.Images.Registry;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>Signs images that are in a registry: GPG signatures go to the lookaside store of registries.d, sigstore's into the registry.</summary>
/// <param name="registries">How registries are spoken to.</param>
/// <param name="roots">Where registries.d is.</param>
/// <param name="time">For the time of signing.</param>
public sealed class ImageSigner(ImageRegistries registries, ImageConfigurationRoots roots, TimeProvider time)
{
    private const UnixFileMode Readable = AtomicFile.Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly LookasideConfiguration _lookaside = new(roots);

    /// <summary>Signs the manifest that the reference names and, of an index, the image of each platform: that is what a node checks.</summary>
    /// <exception cref="OcidException">
    /// InvalidArgument: the request makes no sense. FailedPrecondition: the key cannot be used, or there is no place to write to. Others: the registry's.
    /// </exception>
    public async Task<IReadOnlyList<WrittenSignature>> SignAsync(ImageReference image, SigningRequest request, CancellationToken ct)
    {
        var identity = request.Identity is { } name ? ImageReference.Parse(name) : image;
        if (identity.Tag is null && identity.Digest is null)
            throw new OcidException(ErrorKind.InvalidArgument, $"sign {identity}: name the tag or the digest that is to be trusted");
        await using var key = await SigningKey.OpenAsync(request.Key, ct);
        if (request.ManifestFile is { } file)
            return [await WriteAsync(null, image, await ReadAsync(file, ct), identity, key, request, ct)];

        using var registry = await OpenAsync(image, request, ct);
        var named = await registry.ReadManifestAsync(image.Digest?.ToString() ?? image.Tag ?? "latest", ct);
        if (named.IsList && request.OutputFile is not null)
            throw new OcidException(ErrorKind.InvalidArgument, $"sign {image}: it has an image for each platform, whose signatures do not go into one file; name one by its digest");

        var written = new List<WrittenSignature>();
        foreach (var digest in named.IsList ? named.Images.Select(child => child.Digest).Prepend(named.Digest) : [named.Digest])
            written.Add(await WriteAsync(registry, image, digest, identity, key, request, ct));
        return written;
    }

    private async Task<WrittenSignature> WriteAsync(
        RegistryClient? registry, ImageReference image, Digest manifest, ImageReference identity, SigningKey key, SigningRequest request, CancellationToken ct)
    {
        var signature = await key.SignAsync(new SignedPayload(manifest, identity.ToString()), time.GetUtcNow(), ct);
        if (request.OutputFile is { } file)
        {
            AtomicFile.Write(file, signature.ToBlob(), Readable);
            return new WrittenSignature(manifest, file);
        }

        return (signature, registry) switch
        {
            (SigstoreSignature attachment, { }) => new WrittenSignature(manifest, $"{image.Name}:{await new SigstoreAttachments(registry).WriteAsync(manifest, attachment, ct)}"),
            (SimpleSignature simple, _) => new WrittenSignature(manifest, new Lookaside(_lookaside.WriteTo(image), image).Write(manifest, simple)),
            _ => throw new OcidException(ErrorKind.InvalidArgument, "sign: a manifest from a file needs a file to write its signature to"),
        };
    }

    // Its own location, not a mirror: that is where it is published.
    private Task<RegistryClient> OpenAsync(ImageReference image, SigningRequest request, CancellationToken ct) => registries.ConnectAsync(
        registries.List.OriginOf(image), image, new EndpointAccess { Credentials = request.Credentials, TlsVerify = request.TlsVerify }, RegistryAccess.PullAndPush, ct);

    private static async Task<Digest> ReadAsync(string file, CancellationToken ct) => ManifestDocument.Parse(await File.ReadAllBytesAsync(file, ct), null).Digest;
}
