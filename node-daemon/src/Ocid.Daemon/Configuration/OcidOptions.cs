using System.Net;
using Microsoft.Extensions.Logging;
using Ocid.Streaming;

namespace Ocid.Daemon.Configuration;

/// <summary>What <c>ocid serve</c> is told, valid as a whole; <see cref="OcidOptionsReader"/> holds every key, default and description.</summary>
internal sealed record OcidOptions
{
    /// <summary>What must survive a reboot: pods, containers, CNI results.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>What a reboot may take: sockets, bundles, pinned namespaces.</summary>
    public required string RunDirectory { get; init; }

    public required LogLevel LogLevel { get; init; }

    /// <summary>The unix socket that the kubelet and the command line speak CRI to.</summary>
    public required string ApiSocket { get; init; }

    /// <summary>Where Prometheus scrapes; null: nowhere.</summary>
    public required IPEndPoint? MetricsAddress { get; init; }

    /// <summary>The unix socket between daemon and monitor.</summary>
    public required string MonitorSocket { get; init; }

    /// <summary>Whether the daemon starts a monitor that is not there, or waits until another, such as systemd, has.</summary>
    public required bool StartsMonitor { get; init; }

    public required StorageOptions Storage { get; init; }

    public required RuntimeOptions Runtime { get; init; }

    public required NetworkOptions Network { get; init; }

    public required ImagesOptions Images { get; init; }

    public required StreamingOptions Streaming { get; init; }
}
