using Microsoft.Extensions.Logging;
using Ocid.Cri.Metrics;
using Ocid.Cri.State;
using Ocid.Images.Catalog;
using Ocid.Images.Policy;
using Ocid.Images.Pulling;
using Ocid.Networking;
using Ocid.Runtime.Cgroups;
using Ocid.Runtime.Monitoring;
using Ocid.Spec;
using Ocid.Storage;
using Ocid.Streaming;

namespace Ocid.Cri;

/// <summary>What the CRI calls work on. The node does not own them: whoever made them ends them, after the node.</summary>
public sealed record CriNodeParts
{
    /// <summary>Where pods and containers keep their state.</summary>
    public required StatePaths Paths { get; init; }

    /// <summary>The kernel's id of this boot; another one than a sandbox was made in means that its namespaces are gone.</summary>
    public required string BootId { get; init; }

    /// <summary>What can change later: <see cref="CriNode.Change"/>.</summary>
    public required NodeSettings Settings { get; init; }

    /// <summary>Images and containers on disk.</summary>
    public required Store Store { get; init; }

    /// <summary>The images of the store.</summary>
    public required ImageCatalog Images { get; init; }

    /// <summary>Fetches images.</summary>
    public required ImagePuller Puller { get; init; }

    /// <summary>Which images may become containers.</summary>
    public required SignaturePolicy SignaturePolicy { get; init; }

    /// <summary>The pods' network.</summary>
    public required PodNetwork Network { get; init; }

    /// <summary>Holds the containers' processes.</summary>
    public required MonitorClient Monitor { get; init; }

    /// <summary>The OCI runtimes.</summary>
    public required RuntimeHandlers Handlers { get; init; }

    /// <summary>What the host can give to containers.</summary>
    public required HostFacts Facts { get; init; }

    /// <summary>Whether systemd makes the cgroups, on the OCI runtimes' request.</summary>
    public bool SystemdCgroup { get; init; }

    /// <summary>Where cgroups are mounted.</summary>
    public required CgroupHierarchies Cgroups { get; init; }

    /// <summary>Where exec, attach and port forwarding are served.</summary>
    public required StreamingOptions Streaming { get; init; }

    /// <summary>Counts pulls and kills.</summary>
    public required CriMetrics Metrics { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes each class's logger.</summary>
    public required ILoggerFactory Loggers { get; init; }
}
