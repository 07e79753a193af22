using System.Globalization;

namespace Ocid.Agent.Cluster.Wire;

/// <summary>What the agent reads of an object's metadata.</summary>
internal sealed record ObjectMetadata
{
    public string Name { get; init; } = "";

    public long Generation { get; init; }

    public string ResourceVersion { get; init; } = "";

    /// <summary>Whether this is the object as it was before another reading of it. Versions grow; one that is no number says nothing.</summary>
    /// <remarks>https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions</remarks>
    public bool IsBefore(ObjectMetadata other) => Number is { } mine && other.Number is { } others && mine < others;

    private ulong? Number => ulong.TryParse(ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
