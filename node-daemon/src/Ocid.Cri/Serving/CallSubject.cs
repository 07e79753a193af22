using Ocid.Cri.V1;

namespace Ocid.Cri.Serving;

/// <summary>What a request is about, for its line in the log: an id, a pod, an image, or nothing.</summary>
internal static class CallSubject
{
    public static string? Of(object request) => request switch
    {
        RunPodSandboxRequest run => PodName(run.Config),
        StopPodSandboxRequest stop => stop.PodSandboxId,
        RemovePodSandboxRequest remove => remove.PodSandboxId,
        PodSandboxStatusRequest status => status.PodSandboxId,
        PodSandboxStatsRequest stats => stats.PodSandboxId,
        PortForwardRequest forward => forward.PodSandboxId,
        UpdatePodSandboxResourcesRequest update => update.PodSandboxId,
        CreateContainerRequest create => $"{create.Config?.Metadata?.Name} in {create.PodSandboxId}",
        StartContainerRequest start => start.ContainerId,
        StopContainerRequest stop => stop.ContainerId,
        RemoveContainerRequest remove => remove.ContainerId,
        ContainerStatusRequest status => status.ContainerId,
        ContainerStatsRequest stats => stats.ContainerId,
        UpdateContainerResourcesRequest update => update.ContainerId,
        ReopenContainerLogRequest reopen => reopen.ContainerId,
        ExecSyncRequest exec => exec.ContainerId,
        ExecRequest exec => exec.ContainerId,
        AttachRequest attach => attach.ContainerId,
        CheckpointContainerRequest checkpoint => checkpoint.ContainerId,
        PullImageRequest pull => pull.Image?.Image,
        RemoveImageRequest remove => remove.Image?.Image,
        ImageStatusRequest status => status.Image?.Image,
        _ => null,
    };

    private static string? PodName(PodSandboxConfig? config) =>
        config?.Metadata is { } metadata ? $"{metadata.Namespace}/{metadata.Name}" : null;
}
