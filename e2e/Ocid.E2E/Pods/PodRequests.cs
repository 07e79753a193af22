using Ocid.Cri.V1;
using Ocid.E2E.Nodes;

namespace Ocid.E2E.Pods;

/// <summary>CRI requests as a kubelet writes them.</summary>
public static class PodRequests
{
    public static PodSandboxConfig Sandbox(TestNode node, string name)
    {
        var uid = Guid.NewGuid().ToString();
        return new PodSandboxConfig
        {
            Metadata = new PodSandboxMetadata { Name = name, Namespace = "default", Uid = uid },
            Hostname = name,
            LogDirectory = Path.Combine(node.Folders.PodLogs, $"default_{name}_{uid}"),
            DnsConfig = new DNSConfig { Servers = { "10.96.0.10" }, Searches = { "default.svc.cluster.local" }, Options = { "ndots:5" } },
            Labels = { ["app"] = name },
            Annotations = { ["ocid.dev/test"] = "true" },
            Linux = new LinuxPodSandboxConfig
            {
                CgroupParent = $"{node.Cgroup}/pod{uid}",
                SecurityContext = new LinuxSandboxSecurityContext { NamespaceOptions = new NamespaceOption { Pid = NamespaceMode.Container } },
            },
        };
    }

    public static ContainerConfig Container(string name, string image, params string[] command) => new()
    {
        Metadata = new ContainerMetadata { Name = name },
        Image = new ImageSpec { Image = image },
        Command = { command },
        LogPath = $"{name}/0.log",
        Labels = { ["container"] = name },
        Linux = new LinuxContainerConfig
        {
            Resources = new LinuxContainerResources { CpuShares = 100, OomScoreAdj = 1000 },
            SecurityContext = new LinuxContainerSecurityContext
            {
                NamespaceOptions = new NamespaceOption { Pid = NamespaceMode.Container },
                MaskedPaths = { "/proc/kcore" },
                ReadonlyPaths = { "/proc/sys" },
            },
        },
    };

    /// <summary>A container that runs a shell script.</summary>
    public static ContainerConfig Script(string name, string image, string script) => Container(name, image, "sh", "-c", script);
}
