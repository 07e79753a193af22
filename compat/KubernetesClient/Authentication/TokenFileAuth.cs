using System.Net.Http.Headers;

namespace k8s.Authentication;

public class TokenFileAuth : ITokenProvider
{
    // The kubelet replaces a projected token long before it expires.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly string _file;
    private (string Token, DateTime Until) _read;

    public TokenFileAuth(string tokenFile) => _file = tokenFile;

    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        if (_read.Until <= DateTime.UtcNow)
            _read = ((await File.ReadAllTextAsync(_file, cancellationToken)).Trim(), DateTime.UtcNow + Fresh);
        return new AuthenticationHeaderValue("Bearer", _read.Token);
    }
}
