namespace Ocid.Agent.Cluster.Wire;

/// <summary>The runtime and the host that it runs on.</summary>
internal sealed record RuntimeStatus
{
    public string? Version { get; init; }

    public IReadOnlyList<string> Handlers { get; init; } = [];

    public string Kernel { get; init; } = "";

    public string Arch { get; init; } = "";

    public bool IsSame(RuntimeStatus? other) => other is not null && (Version, Kernel, Arch) == (other.Version, other.Kernel, other.Arch) && Handlers.SequenceEqual(other.Handlers);
}
