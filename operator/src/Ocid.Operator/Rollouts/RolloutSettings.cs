namespace Ocid.Operator.Rollouts;

/// <summary>How a change reaches the nodes.</summary>
internal sealed record RolloutSettings
{
    /// <summary>Careful where nothing was asked for: one canary, a minute of soak, and the first failure halts.</summary>
    public static RolloutSettings Default { get; } = new();

    /// <summary>How many nodes of the whole fleet may be unavailable, for whatever reason, when another one is touched.</summary>
    public NodeCount MaxUnavailable { get; init; } = NodeCount.Parse("10%");

    /// <summary>How many nodes try a revision first; 0 is none.</summary>
    public int Canary { get; init; } = 1;

    /// <summary>How long the canaries have to work before the others follow.</summary>
    public TimeSpan Soak { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>With so many nodes failed on a revision, no other node gets it.</summary>
    public int FailureBudget { get; init; } = 1;
}
