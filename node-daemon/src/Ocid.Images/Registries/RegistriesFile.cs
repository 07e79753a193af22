namespace Ocid.Images.Registries;

/// <summary>One registries.conf or drop-in, checked. What is null is not said in it.</summary>
internal sealed record RegistriesFile
{
    public required string Path { get; init; }

    /// <summary>Each prefix once.</summary>
    public IReadOnlyList<RegistryEntry> Registries { get; init; } = [];

    public IReadOnlyList<string>? SearchRegistries { get; init; }

    public ShortNameMode? ShortNames { get; init; }

    public IReadOnlyList<string>? CredentialHelpers { get; init; }

    public IReadOnlyDictionary<string, ShortNameAlias> Aliases { get; init; } = new Dictionary<string, ShortNameAlias>();
}
