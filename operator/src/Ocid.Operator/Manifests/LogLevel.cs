namespace Ocid.Operator.Manifests;

/// <summary>How much the daemon says, by these names.</summary>
internal enum LogLevel
{
    Trace,
    Debug,
    Info,
    Warn,
    Error,
}
