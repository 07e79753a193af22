using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Agent.Conditions;

/// <summary>The one word that says why a condition is what it is.</summary>
internal static class StepReason
{
    public const string AsExpected = nameof(AsExpected);
    public const string NothingAsked = nameof(NothingAsked);
    public const string NothingInForce = nameof(NothingInForce);
    public const string FilesChanged = nameof(FilesChanged);
    public const string FilesAsWritten = nameof(FilesAsWritten);

    /// <summary>Why a step is not done.</summary>
    public static string WhyNot(NodeView node) => node.Phase switch
    {
        NodePhase.Unsupported => nameof(NodePhase.Unsupported),
        NodePhase.Releasing => nameof(NodePhase.Releasing),
        NodePhase.Released => nameof(NodePhase.Released),
        NodePhase.RolledBack => nameof(NodePhase.RolledBack),
        NodePhase.Degraded => "Failed",
        _ when node.Desired is null => NothingAsked,
        NodePhase.Applying => "Applying",
        NodePhase.Verifying => "Verifying",
        _ => "Waiting",
    };

    /// <summary>How the daemon took the revision over.</summary>
    public static string OfTakeOver(Disruption? cost) => cost >= Disruption.Restart ? "Restarted" : "Reloaded";
}
