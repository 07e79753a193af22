using System.Net.Http.Headers;

namespace k8s.Authentication;

public class TokenCredentials : ServiceClientCredentials
{
    public TokenCredentials(string token) => Header = new AuthenticationHeaderValue("Bearer", token);

    public TokenCredentials(ITokenProvider tokenProvider) => TokenProvider = tokenProvider;

    protected ITokenProvider? TokenProvider { get; private set; }

    private AuthenticationHeaderValue? Header { get; }

    public override async Task ProcessHttpRequestAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Headers.Authorization = Header ?? await TokenProvider!.GetAuthenticationHeaderAsync(cancellationToken);
}
