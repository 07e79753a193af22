using Google.Protobuf;
using Ocid.Cri.V1;

namespace Ocid.Daemon.Manifests;

/// <summary>A manifest as the CRI requests that a kubelet would send for it.</summary>
internal static class PodRequests
{
    private const long CpuPeriod = 100_000;

    // What the kubelet hides for procMount Default: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
    private static readonly string[] MaskedPaths =
    [
        "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats",
        "/sys/devices/virtual/powercap", "/sys/firmware",
    ];

    private static readonly string[] ReadOnlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    public static PodSandboxConfig Sandbox(PodManifest pod, PodDirectory directory, string hostResolver)
    {
        var config = new PodSandboxConfig
        {
            Metadata = new PodSandboxMetadata { Name = pod.Name, Namespace = pod.Namespace, Uid = directory.Uid.ToString() },
            Hostname = pod.HostNetwork ? "" : pod.Hostname,
            LogDirectory = directory.Logs,
            DnsConfig = Dns(pod.Dns, hostResolver),
            Labels = { pod.Labels.ToDictionary() },
            Annotations = { pod.Annotations.ToDictionary() },
            PortMappings =
            {
                pod.Containers.SelectMany(container => container.Ports).Where(_ => !pod.HostNetwork)
                    .Select(port => new PortMapping { Protocol = port.Protocol, ContainerPort = port.ContainerPort, HostPort = port.HostPort, HostIp = port.HostIp }),
            },
            Linux = new LinuxPodSandboxConfig
            {
                Sysctls = { pod.Sysctls.ToDictionary() },
                SecurityContext = new LinuxSandboxSecurityContext
                {
                    NamespaceOptions = Namespaces(pod),
                    RunAsUser = Number(pod.Security.User),
                    RunAsGroup = pod.Security.User is null ? null : Number(pod.Security.Group),
                    SupplementalGroups = { pod.Security.SupplementalGroups },
                    Privileged = pod.InitContainers.Concat(pod.Containers).Any(container => container.Security.Privileged),
                    Seccomp = pod.Security.Seccomp ?? RuntimeDefault(),
                    SelinuxOptions = pod.Security.Selinux,
                },
            },
        };
        // The kubelet's own labels, which tools of a node select by.
        config.Labels["io.kubernetes.pod.name"] = pod.Name;
        config.Labels["io.kubernetes.pod.namespace"] = pod.Namespace;
        config.Labels["io.kubernetes.pod.uid"] = directory.Uid.ToString();
        return config;
    }

    public static ContainerConfig Container(PodManifest pod, ContainerManifest container, string imageRef, PodDirectory directory)
    {
        var config = new ContainerConfig
        {
            Metadata = new ContainerMetadata { Name = container.Name },
            Image = new ImageSpec { Image = imageRef, UserSpecifiedImage = container.Image },
            Command = { container.Command },
            Args = { container.Arguments },
            WorkingDir = container.WorkingDirectory,
            Envs = { container.Environment.Select(variable => new KeyValue { Key = variable.Key, Value = ByteString.CopyFromUtf8(variable.Value) }) },
            Mounts = { container.Mounts.Select(mount => Mount(mount, pod.Volumes[mount.Volume], directory)) },
            Labels =
            {
                ["io.kubernetes.container.name"] = container.Name,
                ["io.kubernetes.pod.name"] = pod.Name,
                ["io.kubernetes.pod.namespace"] = pod.Namespace,
                ["io.kubernetes.pod.uid"] = directory.Uid.ToString(),
            },
            LogPath = $"{container.Name}/0.log",
            Tty = container.Terminal,
            Linux = new LinuxContainerConfig { Resources = Resources(container.Resources), SecurityContext = Security(pod, container.Security) },
        };
        return config;
    }

    private static LinuxContainerSecurityContext Security(PodManifest pod, SecurityManifest security)
    {
        var context = new LinuxContainerSecurityContext
        {
            Capabilities = new Capability { AddCapabilities = { security.AddedCapabilities }, DropCapabilities = { security.DroppedCapabilities } },
            Privileged = security.Privileged,
            NamespaceOptions = Namespaces(pod),
            RunAsUser = Number(security.User),
            RunAsGroup = security.User is null ? null : Number(security.Group),
            ReadonlyRootfs = security.ReadOnlyRoot,
            SupplementalGroups = { security.SupplementalGroups },
            NoNewPrivs = !security.AllowEscalation,
            Seccomp = security.Seccomp ?? (security.Privileged ? new SecurityProfile { ProfileType = SecurityProfile.Types.ProfileType.Unconfined } : RuntimeDefault()),
            Apparmor = security.AppArmor,
            SelinuxOptions = security.Selinux,
        };
        if (!security.Privileged)
        {
            context.MaskedPaths.Add(MaskedPaths);
            context.ReadonlyPaths.Add(ReadOnlyPaths);
        }

        return context;
    }

    private static NamespaceOption Namespaces(PodManifest pod) => new()
    {
        Network = pod.HostNetwork ? NamespaceMode.Node : NamespaceMode.Pod,
        Ipc = pod.HostIpc ? NamespaceMode.Node : NamespaceMode.Pod,
        Pid = pod.HostPid ? NamespaceMode.Node : pod.SharePid ? NamespaceMode.Pod : NamespaceMode.Container,
    };

    // An empty directory is the pod's own, and gets its SELinux label; what is the host's keeps its.
    private static Mount Mount(VolumeMountManifest mount, VolumeManifest volume, PodDirectory directory) => new()
    {
        ContainerPath = mount.Path, HostPath = directory.PathOf(volume), Readonly = mount.ReadOnly, Propagation = mount.Propagation, SelinuxRelabel = volume.HostPath is null,
    };

    // The kubelet's arithmetic: 1024 shares a processor and two at least, a quota of one millisecond at least.
    private static LinuxContainerResources Resources(ResourcesManifest resources) => new()
    {
        CpuShares = resources.CpuRequest is { } request ? Math.Max(2, request * 1024 / 1000) : 2,
        CpuPeriod = resources.CpuLimit is null ? 0 : CpuPeriod,
        CpuQuota = resources.CpuLimit is { } limit ? Math.Max(1000, limit * CpuPeriod / 1000) : 0,
        MemoryLimitInBytes = resources.MemoryLimit ?? 0,
    };

    private static DNSConfig? Dns(DnsManifest? dns, string hostResolver)
    {
        if (dns is null)
            return null;

        var lines = dns.OnTopOfHost ? hostResolver.Split('\n').Select(line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).ToList() : [];
        var searches = lines.LastOrDefault(line => line is ["search", ..])?.Skip(1) ?? [];
        return new DNSConfig
        {
            Servers = { lines.Where(line => line is ["nameserver", _, ..]).Select(line => line[1]).Concat(dns.Servers).Distinct().Take(3) },
            Searches = { searches.Concat(dns.Searches).Distinct() },
            Options = { lines.Where(line => line is ["options", ..]).SelectMany(line => line.Skip(1)).Concat(dns.Options).Distinct() },
        };
    }

    private static SecurityProfile RuntimeDefault() => new() { ProfileType = SecurityProfile.Types.ProfileType.RuntimeDefault };

    private static Int64Value? Number(long? value) => value is { } number ? new Int64Value { Value = number } : null;
}
