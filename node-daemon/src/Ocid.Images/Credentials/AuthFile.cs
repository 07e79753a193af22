using System.Text;
using System.Text.Json;
using Ocid.Images.Live;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Credentials;

/// <summary>The credentials of one file.</summary>
internal sealed class AuthFile
{
    private readonly AuthFileWire _content;

    private AuthFile(AuthFileWire content) => _content = content;

    /// <exception cref="OcidException">FailedPrecondition: it is no such file. The message holds nothing of its content.</exception>
    public static AuthFile Read(LiveReading files, AuthFileLocation location)
    {
        var content = files.Read(location.Path);
        try
        {
            return new AuthFile(content is null ? new AuthFileWire()
                : location.IsLegacy ? new AuthFileWire { Auths = JsonSerializer.Deserialize(content, CredentialsJson.Default.DictionaryStringEntry) }
                : JsonSerializer.Deserialize(content, CredentialsJson.Default.AuthFileWire) ?? new AuthFileWire());
        }
        catch (JsonException wrong)
        {
            throw new OcidException(ErrorKind.FailedPrecondition, $"{location.Path}:{wrong.LineNumber + 1}:{wrong.BytePositionInLine + 1}: this is no file of credentials");
        }
    }

    /// <summary>The helper that the file names for a host of its own.</summary>
    public string? HelperOf(string host) => _content.CredentialHelpers?.GetValueOrDefault(host);

    /// <summary>The helper that the file names for every other host.</summary>
    public string? HelperOfAll => _content.CredentialStore is { Length: > 0 } name ? name : null;

    /// <summary>The credentials of the most specific key that the file has; null where it has none.</summary>
    public RegistryCredentials? Find(ImageReference endpoint)
    {
        if (_content.Auths is not { } auths)
            return null;

        var exact = RegistryKey.Of(endpoint).FirstOrDefault(auths.ContainsKey);
        // Docker's programs wrote addresses where others write hosts.
        var key = exact ?? auths.Keys.FirstOrDefault(key => (key.Contains("://", StringComparison.Ordinal) || !key.Contains('/', StringComparison.Ordinal)) && RegistryKey.HostOf(key) == endpoint.Domain);
        return key is null ? null : Decode(auths[key]);
    }

    // Docker leaves entries without content where a helper holds them.
    private static RegistryCredentials? Decode(AuthFileWire.Entry? entry)
    {
        if (entry?.RegistryToken is { Length: > 0 } token)
            return new RegistryCredentials { RegistryToken = token };

        var pair = Pair(entry?.Auth ?? "");
        return entry?.IdentityToken is { Length: > 0 } identity ? new RegistryCredentials { Username = pair?.User ?? "", IdentityToken = identity }
            : pair is var (user, password) ? new RegistryCredentials { Username = user, Password = password }
            : null;
    }

    private static (string User, string Password)? Pair(string auth)
    {
        var buffer = new byte[auth.Length];
        return Convert.TryFromBase64String(auth, buffer, out var length) && Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2) is [var user, var password]
            ? (user, password.Trim('\0'))
            : null;
    }
}
