namespace Ocid.Operator.Merging;

/// <summary>The names by which a signature policy speaks of images, from one reference outwards.</summary>
/// <remarks>https://github.com/containers/image/blob/main/docs/containers-policy.json.5.md#docker</remarks>
internal static class ImageScopes
{
    /// <summary>The scope itself, its repository where it is a reference, each part of the path above, the host, and <c>*.</c> with each domain above the host.</summary>
    public static IEnumerable<string> From(string scope)
    {
        yield return scope;
        if (scope.StartsWith("*.", StringComparison.Ordinal))
        {
            foreach (var wider in Wildcards(scope[2..]))
                yield return wider;
            yield break;
        }

        var name = Repository(scope);
        if (name != scope)
            yield return name;
        while (name.LastIndexOf('/') is var slash && slash >= 0)
        {
            name = name[..slash];
            yield return name;
        }

        foreach (var wildcard in Wildcards(name.Split(':')[0]))
            yield return wildcard;
    }

    // A colon before the last slash belongs to a port.
    private static string Repository(string scope)
    {
        var name = scope.Split('@')[0];
        var path = name.LastIndexOf('/');
        var colon = name.IndexOf(':', path + 1);
        return path >= 0 && colon >= 0 ? name[..colon] : name;
    }

    private static IEnumerable<string> Wildcards(string host)
    {
        for (var rest = host; rest.IndexOf('.', StringComparison.Ordinal) is var dot && dot >= 0; rest = rest[(dot + 1)..])
            yield return "*" + rest[dot..];
    }
}
