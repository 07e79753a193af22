namespace Ocid.Daemon.Commands.Progress;

/// <summary>How progress is shown.</summary>
internal enum ProgressKind
{
    None,
    Lines,
    Bars,

    /// <summary>JSON lines.</summary>
    Messages,
}
