using Ocid.Images.Catalog;
using Ocid.Images.Policy;
using Ocid.Images.Pulling;
using Ocid.Images.Pushing;
using Ocid.Images.Registries;
using Ocid.Images.Signatures;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Verification;

/// <summary>Looks whether images in the store still are what their registry has, what the policy asks for, and what their records say. Nothing is changed.</summary>
/// <param name="store">The store.</param>
/// <param name="registries">How registries are spoken to.</param>
/// <param name="policy">Which signatures are asked for.</param>
public sealed class ImageVerifier(Store store, ImageRegistries registries, SignaturePolicy policy)
{
    private readonly FilesCheck _files = new(store);

    /// <summary>Verifies one image.</summary>
    /// <param name="image">An id, a name, or the beginning of an id.</param>
    /// <param name="options">How.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="OcidException">NotFound: no such image. What differs, or cannot be found out, is in the result.</exception>
    public async Task<VerifiedImage> VerifyAsync(string image, VerifyOptions options, CancellationToken ct)
    {
        var record = ImageSearch.Find(store.Images, image, registries.NamesInStore(image)) ?? throw new OcidException(ErrorKind.NotFound, $"image {Quoted.Text(image)}: not in the store");
        var containers = store.Containers.Where(container => container.ImageId == record.Id).Select(container => container.Id).ToList();
        return new VerifiedImage(ImageId.Parse(record.Id), record.Names, containers, await FindingsAsync(record, options, ct));
    }

    private async Task<IReadOnlyList<ImageFinding>> FindingsAsync(ImageRecord record, VerifyOptions options, CancellationToken ct)
    {
        StoredImage stored;
        try
        {
            stored = await StoredImage.ReadAsync(store, record.Id, ct);
        }
        catch (OcidException damaged) when (damaged.Kind is ErrorKind.DataLoss or ErrorKind.NotFound or ErrorKind.FailedPrecondition)
        {
            // A list has nothing here to compare with; the others are damaged.
            return [new ImageFinding(ImageCheck.Files, damaged.Kind == ErrorKind.FailedPrecondition ? CheckResult.Unknown : CheckResult.Differs, "", damaged.Message)];
        }

        var findings = new List<ImageFinding>();
        foreach (var name in stored.Names)
            findings.AddRange(await NameAsync(record, stored, name, options, ct));
        if (stored.Names.Count == 0)
            findings.AddRange(Nameless(options));
        findings.AddRange(await _files.RunAsync(record, stored, ct));
        return findings;
    }

    private async Task<IReadOnlyList<ImageFinding>> NameAsync(ImageRecord record, StoredImage stored, ImageReference name, VerifyOptions options, CancellationToken ct)
    {
        if (options.Offline || name.Domain == "localhost")
        {
            var why = options.Offline ? "not asked" : "made on this machine, in no registry";
            return [new ImageFinding(ImageCheck.Registry, CheckResult.Skipped, name.ToString(), why), await SignatureAsync(stored, name, null, record, options, ct)];
        }

        try
        {
            using var source = await registries.OpenAsync(name, new EndpointAccess { Credentials = options.Credentials, TlsVerify = options.TlsVerify }, ct);
            return [.. await RegistryCheck.RunAsync(record, stored, source, ct), await SignatureAsync(stored, name, source, record, options, ct)];
        }
        catch (OcidException failure)
        {
            var result = failure.Kind == ErrorKind.NotFound ? CheckResult.Differs : CheckResult.Unknown;
            return [new ImageFinding(ImageCheck.Registry, result, name.ToString(), failure.Message), await SignatureAsync(stored, name, null, record, options, ct)];
        }
    }

    private async Task<ImageFinding> SignatureAsync(StoredImage stored, ImageReference name, ImageSource? source, ImageRecord record, VerifyOptions options, CancellationToken ct)
    {
        try
        {
            var inForce = policy.InForce(null, options.SignaturePolicyFile);
            ISignatureSource signatures = source is null ? new StoredSignatures(store, stored.Id, record.Metadata) : new RegistrySignatures(source.Registry, inForce.Lookaside);
            await inForce.RequireAsync(new PolicySubject(name, stored.Original, signatures), ct);
            return new ImageFinding(ImageCheck.Signature, CheckResult.Passed, name.ToString(), "as the policy asks");
        }
        catch (OcidException refused)
        {
            var result = refused.Kind == ErrorKind.PermissionDenied ? CheckResult.Differs : CheckResult.Unknown;
            return new ImageFinding(ImageCheck.Signature, result, name.ToString(), refused.Message);
        }
    }

    // A newer image took the name, and this one may still run.
    private static IEnumerable<ImageFinding> Nameless(VerifyOptions options)
    {
        yield return options.Offline
            ? new ImageFinding(ImageCheck.Registry, CheckResult.Skipped, "", "not asked")
            : new ImageFinding(ImageCheck.Registry, CheckResult.Differs, "", "it has no name any more to ask a registry by: another image has taken it, or it was untagged");
        yield return new ImageFinding(ImageCheck.Signature, CheckResult.Skipped, "", "a policy is about names, and it has none");
    }
}
