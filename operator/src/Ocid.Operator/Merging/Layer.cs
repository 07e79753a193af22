using Ocid.Operator.Rollouts;
using Ocid.Toml;

namespace Ocid.Operator.Merging;

/// <summary>One RuntimeConfig as it takes part in a merge: what it sets, and nothing that it leaves open.</summary>
internal sealed record Layer
{
    /// <summary>The RuntimeConfig's name.</summary>
    public required string Name { get; init; }

    /// <summary>Which version of it this is.</summary>
    public long Generation { get; init; }

    /// <summary>The nodes that it is for.</summary>
    public NodeSelector Selector { get; init; } = NodeSelector.Everything;

    /// <summary>The higher wins.</summary>
    public int Priority { get; init; }

    public bool IsPaused { get; init; }

    /// <summary>Its single values by their fields, as <c>storage.root</c>; <see cref="Fields"/> has the names.</summary>
    public IReadOnlyDictionary<string, TomlValue> Values { get; init; } = new Dictionary<string, TomlValue>();

    /// <summary>Its registries, each prefix once.</summary>
    public IReadOnlyList<RegistryRule> Registries { get; init; } = [];

    /// <summary>Its OCI runtimes, each name once.</summary>
    public IReadOnlyList<HandlerRule> Handlers { get; init; } = [];

    /// <summary>What it says about signatures; null where it says nothing.</summary>
    public SigningLayer? Signing { get; init; }

    /// <summary>How its changes reach the nodes.</summary>
    public RolloutSettings Rollout { get; init; } = RolloutSettings.Default;

    /// <summary>What cannot be understood of it: its nodes keep what they have.</summary>
    public IReadOnlyList<MergeProblem> Problems { get; init; } = [];

    /// <summary>How a RuntimeNode and a message name this version of it.</summary>
    public string Source => $"{Name}@{Generation}";
}
