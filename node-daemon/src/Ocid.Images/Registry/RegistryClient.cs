using System.Net.Http.Headers;
using Ocid.Images.Manifests;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>One repository of a registry, for reading and, where the access says so, for writing.</summary>
/// <param name="transport">The connections.</param>
/// <param name="repository">Which repository; its tag and digest are not looked at.</param>
/// <param name="credentials">For this host and no other.</param>
/// <param name="tlsVerify">False takes any certificate, and plain HTTP where the registry does not speak TLS.</param>
/// <param name="time">For pauses and the end of tokens.</param>
/// <param name="access">What tokens are asked for.</param>
/// <remarks>https://github.com/opencontainers/distribution-spec/blob/main/spec.md</remarks>
internal sealed partial class RegistryClient(
    RegistryTransport transport, ImageReference repository, RegistryCredentials? credentials, bool tlsVerify, TimeProvider time, RegistryAccess access = RegistryAccess.Pull)
    : IBlobSource, IDisposable
{
    private readonly RegistryEndpoint _endpoint = new(transport, repository, credentials, tlsVerify, time, access);

    public ImageReference Repository => repository;

    /// <summary>Reads a manifest or a list.</summary>
    /// <param name="reference">A tag or a digest; the bytes of a digest are checked.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="patiently">False, where there is somebody else to ask, tries once.</param>
    public Task<ManifestDocument> ReadManifestAsync(string reference, CancellationToken ct, bool patiently = true) => Retry.TransientAsync(
        async () =>
        {
            var what = $"manifest {repository.Name}:{reference}";
            using var answer = await _endpoint.SendAsync(RegistryRequest.Get($"manifests/{reference}", what) with { Accept = MediaTypes.Accepted }, ct);
            var body = await CappedBody.ReadAsync(answer, CappedBody.DocumentLimit, what, ct);
            var manifest = ManifestDocument.Parse(body, answer.Content.Headers.ContentType?.MediaType);
            if (Digest.TryParse(reference, out var wanted))
                manifest.Verify(what, wanted);
            return manifest;
        },
        time,
        ct,
        patiently ? Retry.MostAttempts : 1);

    /// <summary>Asks for nothing but whether the registry takes what is to prove us to it.</summary>
    /// <exception cref="OcidException">PermissionDenied: it does not. Unavailable: it cannot be reached.</exception>
    public Task CheckAsync(CancellationToken ct) => Retry.TransientAsync(
        async () =>
        {
            using var answer = await _endpoint.SendAsync(RegistryRequest.Get("/v2/", $"registry {repository.Domain}"), ct);
            return answer.StatusCode;
        },
        time,
        ct);

    /// <summary>Reads a small blob whole and checks it.</summary>
    public Task<byte[]> ReadBlobAsync(Descriptor blob, CancellationToken ct) => Retry.TransientAsync(
        async () =>
        {
            var what = What(blob.Digest);
            if (blob.Size > CappedBody.DocumentLimit)
                throw new OcidException(ErrorKind.ResourceExhausted, $"{what}: {blob.Size} bytes are more than the {CappedBody.DocumentLimit} that are held in memory");
            using var answer = await OpenBlobAsync(blob, 0, ct);
            var body = await CappedBody.ReadAsync(answer, CappedBody.DocumentLimit, what, ct);
            if (body.Length != blob.Size)
                throw new OcidException(ErrorKind.DataLoss, $"{what}: {body.Length} bytes instead of {blob.Size}");
            BlobDigest.Verify(what, blob.Digest, body);
            return body;
        },
        time,
        ct);

    /// <summary>Begins to read a blob to its end; the caller reads the body, checks it, and tries again.</summary>
    /// <param name="blob">Which.</param>
    /// <param name="offset">The first byte wanted. A registry may begin at zero all the same: look for PartialContent.</param>
    /// <param name="ct">Cancels.</param>
    public Task<HttpResponseMessage> OpenBlobAsync(Descriptor blob, long offset, CancellationToken ct) =>
        OpenBlobAsync(blob, offset > 0 ? new RangeHeaderValue(offset, null) : null, ct);

    /// <summary>Begins to read a part of a blob; the caller reads the body, and tries again.</summary>
    /// <param name="blob">Which.</param>
    /// <param name="offset">The first byte wanted.</param>
    /// <param name="length">How many. With PartialContent the registry sends these and no others; without, it does not know ranges and begins at zero.</param>
    /// <param name="ct">Cancels.</param>
    public Task<HttpResponseMessage> OpenBlobAsync(Descriptor blob, long offset, long length, CancellationToken ct) =>
        OpenBlobAsync(blob, new RangeHeaderValue(offset, offset + length - 1), ct);

    /// <summary>Every tag of the repository, page by page as they are asked for.</summary>
    public async IAsyncEnumerable<string> ListTagsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var pages = new TagPages(_endpoint, repository);
        while (await Retry.TransientAsync(() => pages.NextAsync(ct), time, ct) is { } page)
        {
            foreach (var tag in page)
                yield return tag;
        }
    }

    public void Dispose() => _endpoint.Dispose();

    private async Task<HttpResponseMessage> OpenBlobAsync(Descriptor blob, RangeHeaderValue? range, CancellationToken ct)
    {
        var request = RegistryRequest.Get($"blobs/{blob.Digest}", What(blob.Digest)) with { Range = range };
        var answer = await FirstAnswerAsync(blob, request, ct);
        try
        {
            BlobRange.Check(request.What, answer, range?.Ranges.Single(), blob.Size);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    // Layers that may not be distributed are where their descriptor says; a registry that has one all the same is asked first.
    private async Task<HttpResponseMessage> FirstAnswerAsync(Descriptor blob, RegistryRequest request, CancellationToken ct)
    {
        try
        {
            return await _endpoint.SendAsync(request, ct);
        }
        catch (OcidException missing) when (missing.Kind == ErrorKind.NotFound && MediaTypes.IsForeign(blob.MediaType))
        {
            foreach (var address in ForeignAddresses(blob))
            {
                try
                {
                    return await _endpoint.FetchAsync(address, request, ct);
                }
                catch (OcidException failure)
                {
                    missing = failure;
                }
            }

            throw missing;
        }
    }

    private IEnumerable<Uri> ForeignAddresses(Descriptor blob) => (blob.Urls ?? [])
        .Select(text => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null)
        .OfType<Uri>()
        .Where(address => address.Scheme == Uri.UriSchemeHttps || (!tlsVerify && address.Scheme == Uri.UriSchemeHttp));

    private string What(Digest blob) => $"blob {repository.Name}@{blob}";
}
