using System.Net;

namespace Ocid.Images.Registry;

/// <summary>
/// The proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name, read as Go's programs read them: with networks in CIDR form and with
/// every subdomain of a plain name, neither of which .NET's own reading has.
/// </summary>
/// <remarks>https://pkg.go.dev/golang.org/x/net/http/httpproxy</remarks>
internal sealed class EnvironmentProxy(Func<string, string?> variable) : IWebProxy
{
    private readonly Uri? _http = Address(variable, "HTTP_PROXY");
    private readonly Uri? _https = Address(variable, "HTTPS_PROXY");
    private readonly string[] _direct = (Value(variable, "NO_PROXY") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

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
        if (IPNetwork.TryParse(rule, out var network))
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

    private static string? Value(Func<string, string?> variable, string name) => variable(name) is { Length: > 0 } upper ? upper : variable(name.ToLowerInvariant());

    private static Uri? Address(Func<string, string?> variable, string name) =>
        Value(variable, name) is not { Length: > 0 } text ? null
        : Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, UriKind.Absolute, out var address) ? address
        : null;
}
