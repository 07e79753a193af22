using System.Net;
using System.Net.Sockets;

namespace Ocid.Images.Registry;

/// <summary>
/// The proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name, read as Go's programs read them: with networks in CIDR form and with
/// every subdomain of a plain name, neither of which .NET's own reading has.
/// </summary>
/// <remarks>https://pkg.go.dev/golang.org/x/net/http/httpproxy</remarks>
internal sealed class EnvironmentProxy : IWebProxy
{
    private readonly Uri? _http;
    private readonly Uri? _https;
    private readonly string[] _direct;

    public EnvironmentProxy(Func<string, string?> variable)
    {
        var credentials = new CredentialCache();
        _http = Address(variable, "HTTP_PROXY", credentials);
        _https = Address(variable, "HTTPS_PROXY", credentials);
        _direct = (Value(variable, "NO_PROXY") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Credentials = credentials;
    }

    /// <summary>Those that the proxies' addresses hold, for the proxy alone.</summary>
    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination) => destination.Scheme == Uri.UriSchemeHttps ? _https : _http;

    public bool IsBypassed(Uri host)
    {
        if (GetProxy(host) is null || host.IsLoopback)
            return true;

        var address = IPAddress.TryParse(host.IdnHost, out var parsed) ? parsed : null;
        return _direct.Any(rule => Matches(rule, host, address));
    }

    private static bool Matches(string rule, Uri host, IPAddress? address)
    {
        if (rule == "*")
            return true;
        if (Network(rule) is { } network)
            return address is not null && network.Contains(address);

        var colon = rule.LastIndexOf(':');
        if (colon > 0 && !IPAddress.TryParse(rule, out _) && int.TryParse(rule.AsSpan(colon + 1), out var port))
        {
            if (port != host.Port)
                return false;
            rule = rule[..colon];
        }

        if (IPAddress.TryParse(rule.Trim('[', ']'), out var single))
            return single.Equals(address);

        // "example.com" is it and what is below it; ".example.com" and "*.example.com" only what is below.
        var name = rule.TrimStart('*').ToLowerInvariant();
        return name.StartsWith('.')
            ? host.IdnHost.EndsWith(name, StringComparison.OrdinalIgnoreCase)
            : host.IdnHost.Equals(name, StringComparison.OrdinalIgnoreCase) || host.IdnHost.EndsWith("." + name, StringComparison.OrdinalIgnoreCase);
    }

    // As Go takes it, also with bits set behind the prefix.
    private static IPNetwork? Network(string rule)
    {
        var slash = rule.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IPAddress.TryParse(rule[..slash], out var address) || !int.TryParse(rule.AsSpan(slash + 1), out var length)
            || length < 0 || length > (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
            return null;

        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), length);
    }

    private static string? Value(Func<string, string?> variable, string name) => variable(name) is { Length: > 0 } upper ? upper : variable(name.ToLowerInvariant());

    private static Uri? Address(Func<string, string?> variable, string name, CredentialCache credentials)
    {
        if (Value(variable, name) is not { Length: > 0 } text
            || !Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, UriKind.Absolute, out var given))
            return null;

        // Without name and password: they are for the proxy, not for logs and errors.
        var address = new UriBuilder(given) { UserName = "", Password = "" }.Uri;
        if (given.UserInfo.Length > 0)
        {
            var parts = given.UserInfo.Split(':', 2);
            var credential = new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
            foreach (var scheme in new[] { "Basic", "Digest", address.Scheme }) // the last for SOCKS
            {
                if (credentials.GetCredential(address, scheme) is null)
                    credentials.Add(address, scheme, credential);
            }
        }

        return address;
    }
}
