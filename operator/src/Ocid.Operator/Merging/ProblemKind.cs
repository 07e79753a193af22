namespace Ocid.Operator.Merging;

/// <summary>Why a RuntimeConfig is not accepted as it stands; the names are the reasons of the condition Accepted.</summary>
internal enum ProblemKind
{
    /// <summary>A value that no schema can refuse is wrong.</summary>
    InvalidRef,

    /// <summary>What it names is not there.</summary>
    SecretMissing,

    /// <summary>Another one of the same priority says something else, or one of a higher priority forbids it.</summary>
    Conflicted,

    /// <summary>The revision would be bigger than a Secret may be.</summary>
    TooLarge,

    /// <summary>The node could not run what it needs to be changed again.</summary>
    WouldLockOut,
}
