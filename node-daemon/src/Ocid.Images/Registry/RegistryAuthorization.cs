using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>Answers a registry's challenge for some scopes, with a token that is kept until it expires.</summary>
/// <param name="transport">For token servers.</param>
/// <param name="scopes">What to ask token servers for.</param>
/// <param name="credentials">What to prove ourselves with.</param>
/// <param name="tlsVerify">False takes any certificate of a token server.</param>
/// <param name="time">For the end of tokens.</param>
/// <remarks>https://distribution.github.io/distribution/spec/auth/</remarks>
internal sealed class RegistryAuthorization(
    RegistryTransport transport, IReadOnlyList<string> scopes, RegistryCredentials? credentials, bool tlsVerify, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Proof? _proof;

    /// <summary>What to send with the next request; null where nothing was asked for yet.</summary>
    public async ValueTask<AuthenticationHeaderValue?> CurrentAsync(CancellationToken ct)
    {
        // A token that ran out is replaced before it is refused: a body that is streamed cannot be sent twice.
        if (_proof is { } old && IsOver(old))
            await AnswerAsync(old.Challenge, old.Value, old.PlainHttp, ct);
        return Held;
    }

    private AuthenticationHeaderValue? Held =>
        _proof?.Value ?? (credentials?.RegistryToken is { Length: > 0 } token ? new AuthenticationHeaderValue("Bearer", token) : null);

    /// <summary>Answers a challenge.</summary>
    /// <param name="challenge">What the registry sent.</param>
    /// <param name="refused">The answer that it did not take, so that many requests refused at once fetch one token.</param>
    /// <param name="plainHttp">Whether the registry itself was reached without TLS: then its token server may be, too.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False where there is nothing to answer with that was not refused already.</returns>
    public async Task<bool> AnswerAsync(Challenge challenge, AuthenticationHeaderValue? refused, bool plainHttp, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            if (Held is { } other && !Equals(other, refused))
                return true;
            if (challenge.Scheme == "basic")
                return AnswerBasic(challenge, refused);

            var answer = await FetchTokenAsync(challenge, plainHttp, ct);
            var token = answer.Token ?? answer.AccessToken ?? throw new OcidException(ErrorKind.PermissionDenied, "token server: the answer has no token");
            if (token.AsSpan().ContainsAnyExceptInRange('!', '~'))
                throw new OcidException(ErrorKind.PermissionDenied, "token server: the token is no text for a header");

            // Sixty seconds is the specification's default; a tenth is kept back for clocks and travel.
            var lasts = TimeSpan.FromSeconds(Math.Clamp(answer.ExpiresIn ?? 60, 10, 86_400)) * 0.9;
            _proof = new Proof(new AuthenticationHeaderValue("Bearer", token), challenge, plainHttp, time.GetUtcNow() + lasts);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private bool IsOver(Proof proof) => time.GetUtcNow() >= proof.Expires;

    private bool AnswerBasic(Challenge challenge, AuthenticationHeaderValue? refused)
    {
        if (Basic() is not { } basic || Equals(basic, refused))
            return false;
        _proof = new Proof(basic, challenge, PlainHttp: false, DateTimeOffset.MaxValue);
        return true;
    }

    private AuthenticationHeaderValue? Basic() => credentials is { Username.Length: > 0 }
        ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.Username}:{credentials.Password}")))
        : null;

    private async Task<TokenAnswer> FetchTokenAsync(Challenge challenge, bool plainHttp, CancellationToken ct)
    {
        if (!Uri.TryCreate(challenge["realm"], UriKind.Absolute, out var realm)
            || !(realm.Scheme == Uri.UriSchemeHttps || (plainHttp && realm.Scheme == Uri.UriSchemeHttp)))
            throw new OcidException(ErrorKind.PermissionDenied, $"token server: {Quoted.Text(challenge["realm"])} is no address to send credentials to");

        var what = $"token server {realm.Authority}";
        using var request = TokenRequest(realm, challenge);
        using var limit = new AnswerLimit(TimeSpan.FromSeconds(60), ct);
        try
        {
            using var answer = await transport.Client(realm, tlsVerify).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!answer.IsSuccessStatusCode)
                throw await RegistryFailure.OfAnswerAsync(what, answer, time, limit.Token);
            return JsonSerializer.Deserialize(await CappedBody.ReadAsync(answer, CappedBody.SmallLimit, what, limit.Token), RegistryJson.Default.TokenAnswer)
                ?? throw new OcidException(ErrorKind.PermissionDenied, $"{what}: the answer is null");
        }
        catch (HttpRequestException cause)
        {
            throw TlsFailure.Of(what, realm, cause) ?? RegistryFailure.Unreachable(what, cause);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw RegistryFailure.Stalled(what, TimeSpan.FromSeconds(60));
        }
        catch (JsonException cause)
        {
            throw new OcidException(ErrorKind.PermissionDenied, $"{what}: the answer is no JSON", cause);
        }
    }

    private HttpRequestMessage TokenRequest(Uri realm, Challenge challenge)
    {
        if (credentials?.IdentityToken is { Length: > 0 } identity)
        {
            return RegistryTransport.Message(HttpMethod.Post, realm, new FormUrlEncodedContent(
            [
                new("grant_type", "refresh_token"), new("refresh_token", identity), new("client_id", "ocid"),
                new("service", challenge["service"] ?? ""), new("scope", string.Join(' ', scopes)),
            ]));
        }

        var service = challenge["service"] is { } named ? [$"service={Uri.EscapeDataString(named)}"] : Array.Empty<string>();
        var query = string.Join('&', [.. service, .. scopes.Select(scope => $"scope={Uri.EscapeDataString(scope)}")]);
        var request = RegistryTransport.Message(HttpMethod.Get, query.Length == 0 ? realm : new Uri($"{realm}{(realm.Query.Length > 0 ? "&" : "?")}{query}"));
        request.Headers.Authorization = Basic();
        return request;
    }

    private sealed record Proof(AuthenticationHeaderValue Value, Challenge Challenge, bool PlainHttp, DateTimeOffset Expires);
}
