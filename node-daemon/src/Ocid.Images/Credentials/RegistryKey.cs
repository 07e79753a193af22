using Ocid.Primitives;

namespace Ocid.Images.Credentials;

/// <summary>The keys by which credentials of an image are kept: its repository, what is above it, its host.</summary>
internal static class RegistryKey
{
    // What docker login files docker.io under.
    public const string DockerHubAddress = "https://index.docker.io/v1/";

    /// <summary>The most specific first.</summary>
    public static IEnumerable<string> Of(ImageReference reference)
    {
        for (var key = reference.Name; ; key = key[..key.LastIndexOf('/')])
        {
            yield return key;
            if (!key.Contains('/', StringComparison.Ordinal))
                yield break;
        }
    }

    /// <summary>The host that a key, a server's address or a host's other name is about.</summary>
    public static string HostOf(string key)
    {
        var rest = key.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? key[(scheme + 3)..] : key;
        var host = rest.Split('/')[0];
        return host is "index.docker.io" or "registry-1.docker.io" ? "docker.io" : host;
    }
}
