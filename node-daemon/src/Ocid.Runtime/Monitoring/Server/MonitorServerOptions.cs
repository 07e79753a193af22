namespace Ocid.Runtime.Monitoring.Server;

/// <summary>How a monitor runs.</summary>
public sealed record MonitorServerOptions
{
    /// <summary>The socket that daemons connect to, in a directory that only root may enter.</summary>
    public required string SocketPath { get; init; }

    /// <summary>The descriptor that this process's former program left (<c>--resume-fd</c>); null is a fresh start.</summary>
    public int? ResumeDescriptor { get; init; }

    /// <summary>The clock of log lines and exits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told what went wrong without anybody having asked for it.</summary>
    public Action<string>? OnFailure { get; init; }
}
