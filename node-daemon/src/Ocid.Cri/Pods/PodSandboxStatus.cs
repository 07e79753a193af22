using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ocid.Cri.State;

namespace Ocid.Cri.Pods;

/// <summary>What a pod sandbox is now. Replaced as a whole by whoever holds the sandbox's gate.</summary>
internal sealed record PodSandboxStatus : IRemovable
{
    public required PodPhase Phase { get; init; }

    /// <summary>The boot in which the sandbox was made: after another boot its namespaces are gone.</summary>
    public required string BootId { get; init; }

    /// <summary>Addresses in the pod's network, the primary one first; empty on the host's network.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    /// <summary>It is being taken down: not ready any more; a start of the daemon finishes that. A daemon that does not know this stops it anew.</summary>
    public bool Stopping { get; init; }

    [JsonIgnore]
    public bool Ready => Phase == PodPhase.Ready && !Stopping;

    /// <inheritdoc/>
    public bool Removing { get; init; }
}
