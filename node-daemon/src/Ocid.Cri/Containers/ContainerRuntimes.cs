using Ocid.Cri.Pods;
using Ocid.Primitives;
using Ocid.Runtime.Cgroups;
using Ocid.Runtime.Oci;
using Ocid.Spec;
using Ocid.Spec.Resources;

namespace Ocid.Cri.Containers;

/// <summary>The OCI runtime and the cgroup behind each container.</summary>
internal sealed class ContainerRuntimes(RuntimeHandlers handlers, CgroupHierarchies hierarchies, HostFacts facts)
{
    public OciRuntime Of(Container container) => handlers.Get(container.Spec.RuntimeHandler);

    public OciRuntime Of(PodSandbox pod) => handlers.Get(pod.Spec.RuntimeName);

    /// <exception cref="OcidException">FailedPrecondition: a mount of the request is more than the pod's runtime can do.</exception>
    public void Require(PodSandbox pod, V1.ContainerConfig config)
    {
        if (config.Mounts.FirstOrDefault(m => m.RecursiveReadOnly) is { } mount && !handlers.MountsRecursivelyReadOnly(pod.Spec.RuntimeName))
            throw new OcidException(ErrorKind.FailedPrecondition, $"container: mount at {Quoted.Text(mount.ContainerPath)}: runtime handler {pod.Spec.RuntimeName} has no recursive read-only mounts");
    }

    public ContainerCgroup CgroupOf(Container container) => ContainerCgroup.At(hierarchies, CgroupPath.Parse(container.Spec.CgroupPath));

    /// <summary>How many of its processes the kernel killed for want of memory; 0 when its cgroup is gone.</summary>
    public ulong OutOfMemoryKills(Container container) => CgroupOf(container).ReadOomKills() ?? 0;

    public Task UpdateAsync(Container container, V1.LinuxContainerResources asked, CancellationToken ct) =>
        Of(container).UpdateAsync(container.Spec.ContainerId, ResourceMapping.Map(Resources.From(asked, pidsLimit: 0), facts), ct);
}
