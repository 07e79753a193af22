using Ocid.Primitives;

namespace Ocid.Agent.Applying;

/// <summary>The daemon as its clients see it, at the place that the configuration in force says.</summary>
public interface INodeRuntime
{
    /// <summary>The directories that the daemon makes for itself and for nobody else.</summary>
    /// <exception cref="OcidException">InvalidArgument: the configuration is wrong.</exception>
    IReadOnlyList<string> OwnDirectories { get; }

    /// <summary>Asks it for version, handlers and status.</summary>
    /// <exception cref="OcidException">Unavailable: it does not answer.</exception>
    Task<RuntimeReport> ReportAsync(CancellationToken ct);

    /// <summary>Runs a pod on the host's network, from an image that is brought along, to its end, and leaves nothing of it.</summary>
    /// <exception cref="OcidException">It could not be made or started, ended with another status than 0, or its log is not what it wrote.</exception>
    Task RunCanaryAsync(CancellationToken ct);

    /// <summary>Stops and removes every pod; none where the daemon does not run.</summary>
    /// <exception cref="OcidException">FailedPrecondition: a kubelet's pods run here.</exception>
    Task RemovePodsAsync(CancellationToken ct);
}
