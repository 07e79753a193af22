using Ocid.Agent.Hosts;
using Ocid.Agent.Journals;
using Ocid.Agent.Staging;

namespace Ocid.Agent.Applying;

/// <summary>Where a node stands, as its files say.</summary>
/// <param name="State">The revisions.</param>
/// <param name="IsChanging">A change is under way, or died and is not taken back yet.</param>
/// <param name="Drift">The host's paths that are not as they were written.</param>
public sealed record NodeOverview(NodeState State, bool IsChanging, IReadOnlyList<string> Drift)
{
    /// <summary>Reads it; a node without anything of ours is <see cref="NodeState.Empty"/>.</summary>
    public static NodeOverview Read(NodePaths paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (!Journal.Exists(paths))
            return new NodeOverview(NodeState.Empty, false, []);

        var records = new NodeRecords(paths);
        var staged = new StagedRevisions(paths);
        var isChanging = records.Applying.Exists;
        var drift = isChanging ? [] : Journal.Open(paths).Drifted().Concat(staged.Current is { } current ? staged.Drifted(current) : []);
        return new NodeOverview(records.State.Read() ?? NodeState.Empty, isChanging, [.. drift.Order(StringComparer.Ordinal)]);
    }
}
