using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>
/// The address of one repository: finds out how it is spoken to, answers its challenges, and follows its redirects without giving
/// away what proves us to it.
/// </summary>
internal sealed class RegistryEndpoint(
    RegistryTransport transport, ImageReference repository, RegistryCredentials? credentials, bool tlsVerify, TimeProvider time, RegistryAccess access) : IDisposable
{
    private const int MostRedirects = 10;

    // By the other repository that is read from; empty for none.
    private readonly ConcurrentDictionary<string, RegistryAuthorization> _authorizations = new(StringComparer.Ordinal);
    private Uri? _base;

    /// <summary>Sends a request until it is answered well; the caller reads the body.</summary>
    /// <exception cref="OcidException">Any other answer than a success.</exception>
    public async Task<HttpResponseMessage> SendAsync(RegistryRequest request, CancellationToken ct)
    {
        try
        {
            _base ??= await FindAsync(ct);
            var address = new Uri(_base, request.Path);
            RequireTls(request.What, _base, address);
            var authorization = _authorizations.GetOrAdd(request.AlsoFrom ?? "", NewAuthorization);
            for (var attempt = 1; ; attempt++)
            {
                var sent = await authorization.CurrentAsync(ct);
                var answer = await FollowAsync(request, address, sent, ct);
                if (answer.IsSuccessStatusCode)
                    return answer;

                using (answer)
                {
                    // Only the registry itself may ask: another host that it led to would name a token server of its own.
                    if (answer.StatusCode != HttpStatusCode.Unauthorized || attempt > 2 || !IsOwn(answer.RequestMessage!.RequestUri!)
                        || Challenge.From(answer.Headers) is not { } challenge || !await authorization.AnswerAsync(challenge, sent, IsPlain(_base), ct))
                        throw await RegistryFailure.OfAnswerAsync(request.What, answer, time, ct);
                }
            }
        }
        catch (HttpRequestException cause)
        {
            throw RegistryFailure.Unreachable(request.What, cause);
        }
        catch (IOException cause)
        {
            throw RegistryFailure.Unreachable(request.What, cause);
        }
    }

    /// <summary>Fetches from an address that an image names: nothing that proves us goes along.</summary>
    public async Task<HttpResponseMessage> FetchAsync(Uri address, RegistryRequest request, CancellationToken ct)
    {
        try
        {
            var answer = await FollowAsync(request, address, null, ct);
            if (answer.IsSuccessStatusCode)
                return answer;
            using (answer)
                throw await RegistryFailure.OfAnswerAsync(request.What, answer, time, ct);
        }
        catch (HttpRequestException cause)
        {
            throw RegistryFailure.Unreachable(request.What, cause);
        }
    }

    public void Dispose()
    {
        foreach (var authorization in _authorizations.Values)
            authorization.Dispose();
    }

    private RegistryAuthorization NewAuthorization(string alsoFrom)
    {
        if (access == RegistryAccess.Nothing)
            return new RegistryAuthorization(transport, [], credentials, tlsVerify, time);
        var actions = access switch { RegistryAccess.Pull => "pull", RegistryAccess.PullAndPush => "pull,push", _ => "*" };
        var own = $"repository:{repository.Path}:{actions}";
        return new RegistryAuthorization(transport, alsoFrom.Length == 0 ? [own] : [own, $"repository:{alsoFrom}:pull"], credentials, tlsVerify, time);
    }

    private async Task<HttpResponseMessage> FollowAsync(RegistryRequest request, Uri address, AuthenticationHeaderValue? authorization, CancellationToken ct)
    {
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            // What proves us to the registry is for no other host that it names.
            var answer = await SendOnceAsync(request, address, IsOwn(address) ? authorization : null, ct);
            var redirected = (int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head);
            if (!redirected || answer.Headers.Location is not { } location)
                return answer;

            answer.Dispose();
            var next = new Uri(address, location);
            RequireTls(request.What, address, next);
            address = next;
        }

        throw new OcidException(ErrorKind.FailedPrecondition, $"{request.What}: more than {MostRedirects} redirects");
    }

    private async Task<HttpResponseMessage> SendOnceAsync(RegistryRequest request, Uri address, AuthenticationHeaderValue? authorization, CancellationToken ct)
    {
        using var limit = new AnswerLimit(request.Limit, ct);
        using var message = RegistryTransport.Message(request.Method, address, request.Content?.Invoke(limit));
        message.Headers.Range = request.Range;
        message.Headers.Authorization = authorization;
        foreach (var type in request.Accept)
            message.Headers.Accept.ParseAdd(type);
        try
        {
            return await transport.Client(address, tlsVerify).SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw RegistryFailure.Stalled(request.What, request.Limit);
        }
        catch (HttpRequestException cause) when (!IsPlain(address))
        {
            throw await TlsFailureAsync(request.What, address, cause, ct) ?? RegistryFailure.Unreachable(request.What, cause);
        }
    }

    private async Task<OcidException?> TlsFailureAsync(string what, Uri address, HttpRequestException cause, CancellationToken ct)
    {
        if (TlsFailure.Of(what, address, cause) is { } failure)
            return tlsVerify && await SpeaksPlainHttpAsync(address, ct) ? TlsFailure.PlainHttp(what, address) : failure;
        if (cause is not { HttpRequestError: HttpRequestError.Unknown, InnerException: IOException })
            return null;

        // HTTP/2 does not say why the other side hung up, HTTP/1.1 does: that it wants a client certificate, for example.
        using var probe = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/v2/"));
        return await ProbeAsync(probe, ct) is { } again ? TlsFailure.Of(what, address, again) : null;
    }

    // TLS always, unless its checks are waived: then plain HTTP too, where TLS does not work.
    private async Task<Uri> FindAsync(CancellationToken ct)
    {
        var host = repository.Domain == "docker.io" ? "registry-1.docker.io" : repository.Domain;
        var secure = new Uri($"https://{host}/v2/{repository.Path}/");
        if (tlsVerify)
            return secure;
        using var probe = RegistryTransport.Message(HttpMethod.Get, new Uri(secure, "/v2/"));
        return await ProbeAsync(probe, ct) is null ? secure : new Uri($"http://{host}/v2/{repository.Path}/");
    }

    private async Task<bool> SpeaksPlainHttpAsync(Uri address, CancellationToken ct)
    {
        using var probe = RegistryTransport.Message(HttpMethod.Get, new Uri($"http://{address.Host}:{address.Port}/v2/"));
        // What speaks TLS calls it a bad request.
        return await ProbeAsync(probe, ct, HttpStatusCode.BadRequest) is null;
    }

    /// <summary>Sends a request that proves nothing and asks nothing; null where it is answered.</summary>
    private async Task<HttpRequestException?> ProbeAsync(HttpRequestMessage probe, CancellationToken ct, HttpStatusCode? bad = null)
    {
        using var limit = new AnswerLimit(TimeSpan.FromSeconds(20), ct);
        try
        {
            using var answer = await transport.Client(probe.RequestUri!, tlsVerify).SendAsync(probe, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return answer.StatusCode == bad ? new HttpRequestException(answer.ReasonPhrase) : null;
        }
        catch (HttpRequestException failure)
        {
            return failure;
        }
        catch (OperationCanceledException silence) when (!ct.IsCancellationRequested)
        {
            return new HttpRequestException(silence.Message, silence);
        }
    }

    private static void RequireTls(string what, Uri from, Uri to)
    {
        if (to.Scheme != Uri.UriSchemeHttps && !(IsPlain(to) && IsPlain(from)))
            throw new OcidException(ErrorKind.PermissionDenied, $"{what}: the registry leads to {Quoted.Text(to.GetLeftPart(UriPartial.Authority))}, which is not https");
    }

    private bool IsOwn(Uri address) =>
        Uri.Compare(address, _base, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static bool IsPlain(Uri address) => address.Scheme == Uri.UriSchemeHttp;
}
