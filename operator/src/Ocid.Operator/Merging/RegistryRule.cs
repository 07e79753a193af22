namespace Ocid.Operator.Merging;

/// <summary>What one RuntimeConfig says about the images below a prefix. It is taken whole or not at all, but for <see cref="IsBlocked"/>, which is a union.</summary>
internal sealed record RegistryRule
{
    /// <summary>A host, a host with a path, or <c>*.example.com</c>.</summary>
    public required string Prefix { get; init; }

    /// <summary>Where these images are; null is where their names say.</summary>
    public string? Location { get; init; }

    public bool IsBlocked { get; init; }

    public bool IsInsecure { get; init; }

    /// <summary>Asked before the location, in this order.</summary>
    public IReadOnlyList<MirrorRule> Mirrors { get; init; } = [];

    /// <summary>The certificate authorities of its endpoints.</summary>
    public ContentReference? Authorities { get; init; }

    /// <summary>A Docker configuration with the credentials for its endpoints.</summary>
    public ContentReference? Credentials { get; init; }

    /// <summary>The hosts, with their paths, that are asked for these images.</summary>
    public IEnumerable<string> Endpoints => Mirrors.Select(mirror => mirror.Location)
        .Concat(Location is not null ? [Location] : Prefix.StartsWith("*.", StringComparison.Ordinal) ? [] : [Prefix]).Distinct(StringComparer.Ordinal);

    /// <summary>Whether it blocks the prefix and says nothing else, which goes together with what anybody else says.</summary>
    public bool OnlyBlocks => IsBlocked && !IsInsecure && Mirrors.Count == 0 && (Location, Authorities, Credentials) is (null, null, null);

    /// <summary>Whether it says the same, apart from blocking.</summary>
    public bool SaysTheSameAs(RegistryRule other) =>
        this with { Mirrors = other.Mirrors, IsBlocked = other.IsBlocked } == other && Mirrors.SequenceEqual(other.Mirrors);
}
