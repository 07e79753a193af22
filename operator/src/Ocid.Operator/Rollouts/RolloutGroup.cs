using Ocid.Revisions;

namespace Ocid.Operator.Rollouts;

/// <summary>The nodes that are to have one revision by the word of one RuntimeConfig.</summary>
/// <param name="Config">The RuntimeConfig of the highest priority among those that match them: it says how the change reaches them.</param>
/// <param name="Target">What they are to have.</param>
/// <param name="Settings">How they get it.</param>
/// <param name="IsPaused">Whether one of the RuntimeConfigs that match them is paused.</param>
/// <param name="Nodes">The nodes.</param>
internal sealed record RolloutGroup(string Config, RevisionHash Target, RolloutSettings Settings, bool IsPaused, IReadOnlyList<NodeSnapshot> Nodes);
