using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>Answers a registry's challenge for one repository, with a token that is kept until it expires.</summary>
internal sealed class RegistryAuthorization(HttpClient http, string repository, RegistryCredentials? credentials, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private AuthenticationHeaderValue? _value;
    private DateTimeOffset _expires;

    /// <summary>What to send with the next request; null where nothing was asked for.</summary>
    public AuthenticationHeaderValue? Current =>
        _value is not null && time.GetUtcNow() < _expires ? _value
        : credentials?.RegistryToken is { Length: > 0 } token ? new("Bearer", token)
        : null;

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
            if (Current is { } other && !Equals(other, refused))
                return true;
            if (challenge.Scheme == "basic")
                return AnswerBasic(refused);

            var answer = await FetchTokenAsync(challenge, plainHttp, ct);
            var token = answer.Token ?? answer.AccessToken ?? throw new OcidException(ErrorKind.PermissionDenied, "token server: the answer has no token");
            _value = new AuthenticationHeaderValue("Bearer", token);
            // Sixty seconds is the specification's default; a tenth is kept back for clocks and travel.
            _expires = time.GetUtcNow() + (TimeSpan.FromSeconds(Math.Clamp(answer.ExpiresIn ?? 60, 10, 86_400)) * 0.9);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private bool AnswerBasic(AuthenticationHeaderValue? refused)
    {
        if (Basic() is not { } basic || Equals(basic, refused))
            return false;
        (_value, _expires) = (basic, DateTimeOffset.MaxValue);
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

        var what = $"token server {realm.Host}";
        using var request = TokenRequest(realm, challenge);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (!answer.IsSuccessStatusCode)
                throw await RegistryFailure.OfAnswerAsync(what, answer, ct);
            return JsonSerializer.Deserialize(await CappedBody.ReadAsync(answer, CappedBody.SmallLimit, what, ct), RegistryJson.Default.TokenAnswer)
                ?? throw new OcidException(ErrorKind.PermissionDenied, $"{what}: the answer is null");
        }
        catch (HttpRequestException cause)
        {
            throw RegistryFailure.Unreachable(what, cause);
        }
        catch (JsonException cause)
        {
            throw new OcidException(ErrorKind.PermissionDenied, $"{what}: the answer is no JSON", cause);
        }
    }

    private HttpRequestMessage TokenRequest(Uri realm, Challenge challenge)
    {
        var scope = $"repository:{repository}:pull";
        if (credentials?.IdentityToken is { Length: > 0 } identity)
        {
            return new HttpRequestMessage(HttpMethod.Post, realm)
            {
                Content = new FormUrlEncodedContent(
                [
                    new("grant_type", "refresh_token"), new("refresh_token", identity), new("client_id", "ocid"),
                    new("service", challenge["service"] ?? ""), new("scope", scope),
                ]),
            };
        }

        var service = challenge["service"] is { } named ? $"service={Uri.EscapeDataString(named)}&" : "";
        var separator = realm.Query.Length > 0 ? "&" : "?";
        var request = new HttpRequestMessage(HttpMethod.Get, $"{realm}{separator}{service}scope={Uri.EscapeDataString(scope)}");
        request.Headers.Authorization = Basic();
        return request;
    }
}
