using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Primitives;
using Ocid.Spec;

namespace Ocid.Cri.Containers;

/// <summary>The namespaces that a container does not share with the host.</summary>
internal static class ContainerNamespaces
{
    public static IReadOnlyList<NamespaceRequest> Of(PodSandbox pod, V1.NamespaceOption options, Registry<Container> containers)
    {
        var namespaces = new List<NamespaceRequest>();
        if (pod.Users is { } users)
            namespaces.Add(new NamespaceRequest(NamespaceKind.User, users.Path));
        if (!pod.Spec.HostNetwork)
        {
            namespaces.Add(new NamespaceRequest(NamespaceKind.Network, pod.NetworkNamespace));
            namespaces.Add(new NamespaceRequest(NamespaceKind.Uts, pod.UtsNamespace));
        }

        if (!pod.Spec.HostIpc)
            namespaces.Add(new NamespaceRequest(NamespaceKind.Ipc, pod.IpcNamespace));
        if (options.Pid != V1.NamespaceMode.Node)
            namespaces.Add(new NamespaceRequest(NamespaceKind.Pid, PidPath(pod, options, containers)));
        return namespaces;
    }

    private static string? PidPath(PodSandbox pod, V1.NamespaceOption options, Registry<Container> containers) => options.Pid switch
    {
        V1.NamespaceMode.Container => null,
        V1.NamespaceMode.Target => TargetPath(pod, containers.Get(options.TargetId)),
        _ when pod.Spec.SharesPidNamespace => pod.PidNamespace,
        _ => throw new OcidException(ErrorKind.InvalidArgument, $"container: pid namespace POD, but pod sandbox {pod.Id} was made without a shared one"),
    };

    private static string TargetPath(PodSandbox pod, Container target)
    {
        if (target.Spec.PodSandboxId != pod.Id)
            throw new OcidException(ErrorKind.InvalidArgument, $"container: target {target.Id} is in another pod sandbox, {target.Spec.PodSandboxId}");
        return target.Status is { Phase: ContainerPhase.Running, Pid: > 0 and var pid }
            ? $"/proc/{pid}/ns/pid"
            : throw new OcidException(ErrorKind.FailedPrecondition, $"container: target {target.Id} does not run");
    }
}
