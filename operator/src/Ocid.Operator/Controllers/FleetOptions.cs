using Ocid.Operator.Merging;

namespace Ocid.Operator.Controllers;

/// <summary>What the operator is told.</summary>
internal sealed record FleetOptions
{
    /// <summary>The images that no revision may keep from a node.</summary>
    public IReadOnlyList<ProtectedImage> Protected { get; init; } = [];

    /// <summary>How long a node has to be matched by no RuntimeConfig before everything is taken away from it.</summary>
    public TimeSpan ReleaseAfter { get; init; } = TimeSpan.FromMinutes(1);
}
