namespace Ocid.Operator.Rollouts;

/// <summary>How far a roll-out is.</summary>
internal enum RolloutStage
{
    /// <summary>Every node that takes part has the revision.</summary>
    Settled,

    /// <summary>The canaries are getting it.</summary>
    CanaryStarted,

    /// <summary>The canaries have it, and are watched for a while.</summary>
    CanarySoaking,

    /// <summary>The others are getting it.</summary>
    Progressing,

    /// <summary>As many nodes are unavailable as may be.</summary>
    MaxUnavailableReached,

    /// <summary>Too many nodes failed on it.</summary>
    BudgetExhausted,

    /// <summary>Somebody paused it.</summary>
    Paused,
}
