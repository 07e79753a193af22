namespace Ocid.Cri.Containers;

/// <summary>A container in CRI's words.</summary>
internal static class ContainerMessages
{
    public static V1.ContainerState StateOf(Container container) => container.Status.Phase switch
    {
        ContainerPhase.Created => V1.ContainerState.ContainerCreated,
        ContainerPhase.Running => V1.ContainerState.ContainerRunning,
        _ => V1.ContainerState.ContainerExited,
    };

    public static V1.Container Of(Container container)
    {
        var (spec, config) = (container.Spec, container.Spec.Config);
        return new V1.Container
        {
            Id = container.Id,
            PodSandboxId = spec.PodSandboxId,
            Metadata = config.Metadata,
            Image = config.Image,
            ImageRef = spec.ImageId,
            ImageId = spec.ImageId,
            State = StateOf(container),
            CreatedAt = spec.CreatedAt,
            Labels = { config.Labels },
            Annotations = { config.Annotations },
        };
    }

    public static V1.ContainerStatus StatusOf(Container container)
    {
        var (spec, config, status) = (container.Spec, container.Spec.Config, container.Status);
        return new V1.ContainerStatus
        {
            Id = container.Id,
            Metadata = config.Metadata,
            State = StateOf(container),
            CreatedAt = spec.CreatedAt,
            StartedAt = status.StartedAt,
            FinishedAt = status.FinishedAt,
            ExitCode = status.ExitCode,
            Image = config.Image,
            ImageRef = spec.ImageId,
            ImageId = spec.ImageId,
            Reason = status.Reason ?? "",
            Message = status.Message ?? "",
            Labels = { config.Labels },
            Annotations = { config.Annotations },
            Mounts = { config.Mounts },
            LogPath = spec.LogPath ?? "",
            Resources = container.Resources is { } resources ? new V1.ContainerResources { Linux = resources } : null,
            User = new V1.ContainerUser
            {
                Linux = new V1.LinuxContainerUser { Uid = spec.Uid, Gid = spec.Gid, SupplementalGroups = { spec.SupplementalGroups.Select(g => (long)g) } },
            },
            StopSignal = SignalNames.ToMessage(spec.StopSignal),
        };
    }
}
