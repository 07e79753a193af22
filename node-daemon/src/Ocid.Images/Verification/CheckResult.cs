namespace Ocid.Images.Verification;

/// <summary>How a check came out.</summary>
public enum CheckResult
{
    /// <summary>All is as it should be.</summary>
    Passed,

    /// <summary>Something is not.</summary>
    Differs,

    /// <summary>It could not be found out, which must not pass for good.</summary>
    Unknown,

    /// <summary>It was not asked for, or there is nothing to look at.</summary>
    Skipped,
}
