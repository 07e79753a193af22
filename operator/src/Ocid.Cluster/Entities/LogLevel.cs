namespace Ocid.Cluster.Entities;

/// <summary>How much the daemon says.</summary>
public enum LogLevel
{
    /// <summary>Everything.</summary>
    Trace,

    /// <summary>What helps to find a fault.</summary>
    Debug,

    /// <summary>One line an action.</summary>
    Info,

    /// <summary>What deserves a look.</summary>
    Warn,

    /// <summary>What failed.</summary>
    Error,
}
