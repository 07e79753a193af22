namespace Ocid.Cri.Pods;

/// <summary>A sandbox in CRI's words.</summary>
internal static class PodSandboxMessages
{
    public static V1.PodSandboxState StateOf(PodSandbox pod) =>
        pod.Status.Ready ? V1.PodSandboxState.SandboxReady : V1.PodSandboxState.SandboxNotready;

    public static V1.PodSandbox Of(PodSandbox pod)
    {
        var config = pod.Spec.Config;
        return new V1.PodSandbox
        {
            Id = pod.Id,
            Metadata = config.Metadata,
            State = StateOf(pod),
            CreatedAt = pod.Spec.CreatedAt,
            Labels = { config.Labels },
            Annotations = { config.Annotations },
            RuntimeHandler = pod.Spec.RuntimeHandler,
        };
    }

    public static V1.PodSandboxStatus StatusOf(PodSandbox pod)
    {
        var config = pod.Spec.Config;
        return new V1.PodSandboxStatus
        {
            Id = pod.Id,
            Metadata = config.Metadata,
            State = StateOf(pod),
            CreatedAt = pod.Spec.CreatedAt,
            Network = NetworkOf(pod),
            Linux = new V1.LinuxPodSandboxStatus { Namespaces = new V1.Namespace { Options = pod.Spec.Namespaces } },
            Labels = { config.Labels },
            Annotations = { config.Annotations },
            RuntimeHandler = pod.Spec.RuntimeHandler,
        };
    }

    private static V1.PodSandboxNetworkStatus NetworkOf(PodSandbox pod)
    {
        var addresses = pod.Status.Addresses;
        return new V1.PodSandboxNetworkStatus
        {
            Ip = addresses is [var primary, ..] ? primary : "",
            AdditionalIps = { addresses.Skip(1).Select(ip => new V1.PodIP { Ip = ip }) },
        };
    }
}
