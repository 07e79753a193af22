using Ocid.Primitives;

namespace Ocid.Images.Policy;

/// <summary>The names by which policy.json and registries.d speak about a reference.</summary>
internal static class ReferenceScopes
{
    /// <summary>
    /// Most specific first: the reference itself, its repository, each namespace above it, the host with its port, then <c>*.</c> with each
    /// domain above the host.
    /// </summary>
    public static IEnumerable<string> Of(ImageReference reference)
    {
        yield return reference.ToString();
        var name = reference.Name;
        yield return name;
        while (name.LastIndexOf('/') is var slash && slash >= 0)
        {
            name = name[..slash];
            yield return name;
        }

        for (var host = WithoutPort(name); host.IndexOf('.', StringComparison.Ordinal) is var dot && dot >= 0; host = host[(dot + 1)..])
            yield return "*" + host[dot..];
    }

    private static string WithoutPort(string host) => host.IndexOf(':', StringComparison.Ordinal) is var colon && colon >= 0 ? host[..colon] : host;
}
