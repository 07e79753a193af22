using Ocid.Cluster.Entities;

namespace Ocid.Operator.Merging;

/// <summary>A registry's rule in one line, for people. Credentials are named, never shown.</summary>
internal static class RegistryText
{
    public static string Of(RegistryRule rule) => string.Join(", ", Parts(rule).DefaultIfEmpty("as its name says"));

    private static IEnumerable<string> Parts(RegistryRule rule)
    {
        foreach (var mirror in rule.Mirrors)
            yield return $"mirror {mirror.Location}{(mirror.Use == MirrorPull.All ? "" : $" ({mirror.Use})")}{(mirror.IsInsecure ? " insecure" : "")}";
        if (rule.Location is { } location)
            yield return $"location {location}";
        if (rule.IsInsecure)
            yield return "insecure";
        if (rule.Authorities is { } authorities)
            yield return $"authorities of {authorities}";
        if (rule.Credentials is { } credentials)
            yield return $"credentials of {credentials}";
    }
}
