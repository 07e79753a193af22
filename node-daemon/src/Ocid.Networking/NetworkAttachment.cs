using System.Net;
using Ocid.Primitives;

namespace Ocid.Networking;

/// <summary>What a pod got from the network.</summary>
/// <param name="Id">The sandbox.</param>
/// <param name="Network">The network's name.</param>
/// <param name="Addresses">Addresses of the pod in the plugins' order; the first is the primary one, the first of the other family follows.</param>
/// <param name="Interfaces">Interfaces that the plugins made, in the pod and on the host.</param>
/// <param name="Routes">Routes of the pod.</param>
/// <param name="Dns">Resolver settings that the plugins ask for.</param>
/// <param name="RawResult">The last plugin's result, JSON.</param>
public sealed record NetworkAttachment(
    PodSandboxId Id,
    string Network,
    IReadOnlyList<IPAddress> Addresses,
    IReadOnlyList<NetworkInterface> Interfaces,
    IReadOnlyList<NetworkRoute> Routes,
    NetworkDns Dns,
    string RawResult);
