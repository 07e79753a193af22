namespace Ocid.Runtime.Monitoring;

/// <summary>Where the monitor is, and how to start one.</summary>
public sealed record MonitorEndpoint
{
    /// <summary>The socket's path, in a directory that only root may enter.</summary>
    public required string SocketPath { get; init; }

    /// <summary>Starts a monitor that outlives this process; it need not listen yet when this returns.</summary>
    public required Func<CancellationToken, Task> StartMonitor { get; init; }

    /// <summary>How long a monitor that was started may take to listen.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Told what happened whenever the monitor was lost, and whenever a repair failed; for the log and a metric.</summary>
    public Action<string>? OnLost { get; init; }
}
