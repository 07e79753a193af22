using Ocid.Runtime.Cgroups;
using Ocid.Runtime.Oci;
using Ocid.Spec;
using Ocid.Spec.Resources;

namespace Ocid.Cri.Containers;

/// <summary>The OCI runtime and the cgroup behind each container.</summary>
internal sealed class ContainerRuntimes(RuntimeHandlers handlers, CgroupHierarchies hierarchies, HostFacts facts)
{
    public OciRuntime Of(Container container) => handlers.Get(container.Spec.RuntimeHandler);

    public ContainerCgroup CgroupOf(Container container) => ContainerCgroup.At(hierarchies, CgroupPath.Parse(container.Spec.CgroupPath));

    /// <summary>How many of its processes the kernel killed for want of memory; 0 when its cgroup is gone.</summary>
    public ulong OutOfMemoryKills(Container container)
    {
        var cgroup = CgroupOf(container);
        return cgroup.Exists ? cgroup.ReadOomKills() : 0;
    }

    public Task UpdateAsync(Container container, V1.LinuxContainerResources asked, CancellationToken ct) =>
        Of(container).UpdateAsync(container.Spec.ContainerId, ResourceMapping.Map(Resources.From(asked, pidsLimit: 0), facts), ct);
}
