using Ocid.Networking;

namespace Ocid.Cri.Pods;

/// <summary>A sandbox's request for an attachment to the pod network.</summary>
internal static class PodNetworkRequests
{
    public static PodNetworkRequest For(PodSandbox pod)
    {
        var config = pod.Spec.Config;
        return new PodNetworkRequest
        {
            Id = pod.Spec.SandboxId,
            Namespace = config.Metadata.Namespace,
            Name = config.Metadata.Name,
            Uid = config.Metadata.Uid,
            NetworkNamespacePath = pod.NetworkNamespace,
            PortMappings = [.. config.PortMappings.Where(p => p.HostPort > 0).Select(Mapping)],
            Bandwidth = PodBandwidth.FromAnnotations(config.Annotations),
            Dns = config.DnsConfig is { } dns ? new PodDns { Servers = dns.Servers, Searches = dns.Searches, Options = dns.Options } : null,
            CgroupPath = PodCgroupPath.Of(pod).Value,
            Annotations = config.Annotations,
        };
    }

    private static PortMapping Mapping(V1.PortMapping port) => new()
    {
        HostPort = port.HostPort,
        ContainerPort = port.ContainerPort,
        Protocol = port.Protocol.ToString().ToLowerInvariant(),
        HostIp = port.HostIp is { Length: > 0 } ip ? ip : null,
    };
}
