using System.Net;

namespace Ocid.Operator.Controllers;

/// <summary>How the operator runs.</summary>
internal sealed record OperatorProgramOptions
{
    public FleetOptions Fleet { get; init; } = new();

    /// <summary>Where Prometheus asks; null is nowhere.</summary>
    public IPEndPoint? Metrics { get; init; }

    /// <summary>Where the kubelet asks; null is nowhere.</summary>
    public IPEndPoint? Probes { get; init; }

    /// <summary>Whether there may be others, of which one leads.</summary>
    public bool IsElected { get; init; }
}
