using System.ComponentModel;
using k8s.Models;
using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>What a RuntimeConfig asks for. A field that is absent is left to RuntimeConfigs of a lower priority, then to the daemon.</summary>
public sealed class RuntimeConfigSpec
{
    /// <summary>The nodes that this is for, by their labels; {} is every Linux node.</summary>
    [Required]
    public V1LabelSelector NodeSelector { get; set; } = new();

    /// <summary>Where two RuntimeConfigs say something about one field of a node, the higher priority wins.</summary>
    [RangeMinimum(-1000)]
    [RangeMaximum(1000)]
    [DefaultValue(0)]
    public int Priority { get; set; }

    /// <summary>No node is touched for this RuntimeConfig while it is true.</summary>
    [DefaultValue(false)]
    public bool Paused { get; set; }

    /// <summary>The runtime itself.</summary>
    public RuntimeChoice? Runtime { get; set; }

    /// <summary>From where images are pulled.</summary>
    public RegistriesSpec? Registries { get; set; }

    /// <summary>Where images and containers are kept.</summary>
    public StorageSpec? Storage { get; set; }

    /// <summary>Which images may be pulled, by their signatures.</summary>
    public SigningSpec? Signing { get; set; }

    /// <summary>The OCI runtimes that pods can ask for.</summary>
    public RuntimesSpec? Runtimes { get; set; }

    /// <summary>The daemon's other settings.</summary>
    public SettingsSpec? Settings { get; set; }

    /// <summary>How a change reaches the nodes.</summary>
    [ValidationRule("!has(self.drain)", message: "drain is not supported yet: no change of this version drains a node")]
    public RolloutSpec? Rollout { get; set; }
}
