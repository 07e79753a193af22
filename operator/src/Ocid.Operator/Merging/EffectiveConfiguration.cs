using Ocid.Toml;

namespace Ocid.Operator.Merging;

/// <summary>What a node is to have, out of all RuntimeConfigs that match it.</summary>
internal sealed record EffectiveConfiguration
{
    /// <summary>Who took part, the strongest first.</summary>
    public required IReadOnlyList<Layer> Layers { get; init; }

    /// <summary>The single values by their fields.</summary>
    public required IReadOnlyDictionary<string, TomlValue> Values { get; init; }

    /// <summary>The registries, by their prefixes.</summary>
    public required IReadOnlyList<RegistryRule> Registries { get; init; }

    /// <summary>The OCI runtimes, by their names.</summary>
    public required IReadOnlyList<HandlerRule> Handlers { get; init; }

    /// <summary>The signature policies, the node's first; none where nobody says anything about signatures.</summary>
    public required IReadOnlyList<SigningView> Signing { get; init; }

    /// <summary>Every field with its origin, by name.</summary>
    public required IReadOnlyList<MergedField> Fields { get; init; }

    /// <summary>Who set a field, by name.</summary>
    public string[] ConfigsOf(string field) => [.. Fields.Where(other => other.Name == field).SelectMany(other => other.From).Select(layer => layer.Name).Distinct(StringComparer.Ordinal)];
}
