using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using Ocid.Images.Manifests;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>One repository of a registry, for reading.</summary>
/// <remarks>https://github.com/opencontainers/distribution-spec/blob/main/spec.md</remarks>
internal sealed class RegistryClient(RegistryTransport transport, ImageReference repository, RegistryCredentials? credentials, bool tlsVerify, TimeProvider time) : IDisposable
{
    private const int MostRedirects = 10;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = transport.Client(tlsVerify);
    private readonly RegistryAuthorization _authorization = new(transport.Client(tlsVerify), repository.Path, credentials, time);
    private Uri? _base;

    /// <summary>Reads a manifest or a list.</summary>
    /// <param name="reference">A tag or a digest; the bytes of a digest are checked.</param>
    /// <param name="ct">Cancels.</param>
    public Task<ManifestDocument> ReadManifestAsync(string reference, CancellationToken ct) => Retry.TransientAsync(
        async () =>
        {
            var what = $"manifest {repository.Name}:{reference}";
            using var answer = await GetAsync($"manifests/{reference}", what, MediaTypes.Accepted, null, ct);
            var body = await CappedBody.ReadAsync(answer, CappedBody.DocumentLimit, what, ct);
            if (Digest.TryParse(reference, out var wanted))
                BlobDigest.Verify(what, wanted, body);
            return ManifestDocument.Parse(body, answer.Content.Headers.ContentType?.MediaType);
        },
        time,
        ct);

    /// <summary>Reads a small blob whole and checks it.</summary>
    public Task<byte[]> ReadBlobAsync(Descriptor blob, CancellationToken ct) => Retry.TransientAsync(
        async () =>
        {
            var what = $"blob {repository.Name}@{blob.Digest}";
            using var answer = await GetAsync($"blobs/{blob.Digest}", what, [], null, ct);
            var body = await CappedBody.ReadAsync(answer, CappedBody.DocumentLimit, what, ct);
            if (body.Length != blob.Size)
                throw new OcidException(ErrorKind.DataLoss, $"{what}: {body.Length} bytes instead of {blob.Size}");
            BlobDigest.Verify(what, blob.Digest, body);
            return body;
        },
        time,
        ct);

    /// <summary>Begins to read a blob; the caller reads the body and checks it.</summary>
    /// <param name="blob">Which.</param>
    /// <param name="offset">The first byte wanted. A registry may begin at zero all the same: look for PartialContent.</param>
    /// <param name="ct">Cancels.</param>
    public Task<HttpResponseMessage> OpenBlobAsync(Descriptor blob, long offset, CancellationToken ct) =>
        GetAsync($"blobs/{blob.Digest}", $"blob {repository.Name}@{blob.Digest}", [], offset > 0 ? new RangeHeaderValue(offset, null) : null, ct);

    public void Dispose() => _authorization.Dispose();

    private async Task<HttpResponseMessage> GetAsync(string path, string what, string[] accept, RangeHeaderValue? range, CancellationToken ct)
    {
        try
        {
            _base ??= await FindAsync(ct);
            for (var attempt = 1; ; attempt++)
            {
                var sent = _authorization.Current;
                var answer = await FollowAsync(new Uri(_base, $"{repository.Path}/{path}"), sent, accept, range, what, ct);
                if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
                    return answer;

                using (answer)
                {
                    if (answer.StatusCode != HttpStatusCode.Unauthorized || attempt > 2 || Challenge.From(answer.Headers) is not { } challenge
                        || !await _authorization.AnswerAsync(challenge, sent, IsPlain(_base), ct))
                        throw await RegistryFailure.OfAnswerAsync(what, answer, ct);
                }
            }
        }
        catch (HttpRequestException cause)
        {
            throw RegistryFailure.Unreachable(what, cause);
        }
        catch (IOException cause)
        {
            throw RegistryFailure.Unreachable(what, cause);
        }
    }

    private async Task<HttpResponseMessage> FollowAsync(
        Uri address, AuthenticationHeaderValue? authorization, string[] accept, RangeHeaderValue? range, string what, CancellationToken ct)
    {
        var origin = address;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Range = range;
            foreach (var type in accept)
                request.Headers.Accept.ParseAdd(type);
            // What proves us to the registry is for no other host that it names.
            if (Uri.Compare(address, origin, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0)
                request.Headers.Authorization = authorization;

            var answer = await SendAsync(request, what, ct);
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location)
                return answer;

            answer.Dispose();
            var next = new Uri(address, location);
            if (next.Scheme != Uri.UriSchemeHttps && !(IsPlain(next) && IsPlain(address)))
                throw new OcidException(ErrorKind.PermissionDenied, $"{what}: a redirect to {Quoted.Text(next.GetLeftPart(UriPartial.Authority))}, which is not https");
            address = next;
        }

        throw new OcidException(ErrorKind.Unavailable, $"{what}: more than {MostRedirects} redirects");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string what, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(AnswerLimit);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw RegistryFailure.Stalled(what, AnswerLimit);
        }
    }

    // TLS always, unless its checks are waived: then plain HTTP too, where TLS does not work.
    private async Task<Uri> FindAsync(CancellationToken ct)
    {
        var host = repository.Domain == "docker.io" ? "registry-1.docker.io" : repository.Domain;
        var secure = new Uri($"https://{host}/v2/");
        if (tlsVerify)
            return secure;

        try
        {
            using var probe = new HttpRequestMessage(HttpMethod.Get, secure);
            using var answer = await SendAsync(probe, $"registry {host}", ct);
            return secure;
        }
        catch (HttpRequestException cause) when (cause.InnerException is AuthenticationException or IOException || cause.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError)
        {
            return new Uri($"http://{host}/v2/");
        }
    }

    private static bool IsPlain(Uri address) => address.Scheme == Uri.UriSchemeHttp;
}
