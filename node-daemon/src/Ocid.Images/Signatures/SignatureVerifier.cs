using Ocid.Images.Manifests;
using Ocid.Images.Policy;
using Ocid.Images.Pulling;
using Ocid.Images.Registries;
using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>Checks an image as a pull would, without pulling it.</summary>
/// <param name="registries">How registries are spoken to.</param>
/// <param name="policy">This node's policies.</param>
public sealed class SignatureVerifier(ImageRegistries registries, SignaturePolicy policy)
{
    /// <summary>Checks one image.</summary>
    /// <returns>The digest of the manifest that may run.</returns>
    /// <exception cref="OcidException">PermissionDenied: it is not signed as is asked; the message says what is missing. InvalidArgument: the request makes no sense.</exception>
    public async Task<Digest> VerifyAsync(ImageReference image, VerificationRequest request, CancellationToken ct)
    {
        if (request is { KeyFile: not null, PolicyFile: not null } or { KeyFile: not null, Namespace: not null } or { KeyFile: null, Identity: not null })
            throw new OcidException(ErrorKind.InvalidArgument, "verify: a key, with the identity that it signed, or a policy; not both");
        if (request is { ManifestFile: not null, SignatureFile: null })
            throw new OcidException(ErrorKind.InvalidArgument, "verify: a manifest in a file needs a signature in a file");

        var required = request.KeyFile is { } key ? policy.OfKey(await RequirementAsync(key, request.Identity, ct)) : policy.InForce(request.Namespace, request.PolicyFile);
        using var source = request.ManifestFile is null ? await OpenAsync(image, request, ct) : null;
        var manifest = source is null ? ManifestDocument.Parse(await File.ReadAllBytesAsync(request.ManifestFile!, ct), null) : await ChosenAsync(source, request.Platform, ct);
        ISignatureSource signatures = request.SignatureFile is { } file
            ? new GivenSignatures([ImageSignature.FromBlob(await File.ReadAllBytesAsync(file, ct))])
            : new RegistrySignatures(source!.Registry, required.Lookaside) { AlwaysAttachments = request.KeyFile is not null };
        await required.RequireAsync(new PolicySubject(image, manifest, signatures), ct);
        return manifest.Digest;
    }

    private static async Task<Requirement> RequirementAsync(string file, string? identity, CancellationToken ct)
    {
        var keys = new KeySource([Path.GetFullPath(file)], []);
        var signed = identity is null ? new SignedIdentity.MatchRepoDigestOrExact() : Identity(ImageReference.Parse(identity));
        var text = System.Text.Encoding.UTF8.GetString(await KeyFiles.ReadAsync(file, ct));
        return text.Contains("-----BEGIN PUBLIC KEY", StringComparison.Ordinal) || text.Contains("-----BEGIN RSA PUBLIC KEY", StringComparison.Ordinal)
            ? new SigstoreSigned(keys, signed)
            : new SignedBy(keys, signed);
    }

    private static SignedIdentity Identity(ImageReference name) =>
        name.Tag is null && name.Digest is null ? new SignedIdentity.ExactRepository(name) : new SignedIdentity.ExactReference(name);

    private Task<ImageSource> OpenAsync(ImageReference image, VerificationRequest request, CancellationToken ct) =>
        registries.OpenAsync(image, new EndpointAccess { Credentials = request.Credentials, TlsVerify = request.TlsVerify }, ct);

    private static async Task<ManifestDocument> ChosenAsync(ImageSource source, Platform? platform, CancellationToken ct) => source.Named.IsList
        ? await source.Registry.ReadManifestAsync(PlatformChoice.Of(source.Named, platform ?? Platform.Host).Digest.ToString(), ct)
        : source.Named;
}
