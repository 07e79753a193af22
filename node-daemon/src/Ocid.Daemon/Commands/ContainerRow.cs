using Ocid.Cri.V1;
using Ocid.Daemon.Cri;

namespace Ocid.Daemon.Commands;

/// <summary>One line of <c>ocid ps</c>.</summary>
internal sealed record ContainerRow(string Id, string Name, uint Attempt, string Image, string ImageId, string State, DateTimeOffset Created, string PodId, string? Pod, string? Namespace)
{
    public static ContainerRow Of(Container container, NodeObjects objects) => new(
        container.Id,
        container.Metadata.Name,
        container.Metadata.Attempt,
        container.Image.UserSpecifiedImage is { Length: > 0 } asked ? asked : container.Image.Image,
        container.ImageId,
        StateName(container.State),
        HumanText.Moment(container.CreatedAt),
        container.PodSandboxId,
        objects.PodOf(container)?.Metadata.Name,
        objects.PodOf(container)?.Metadata.Namespace);

    private static string StateName(ContainerState state) => state switch
    {
        ContainerState.ContainerCreated => "Created",
        ContainerState.ContainerRunning => "Running",
        ContainerState.ContainerExited => "Exited",
        _ => "Unknown",
    };
}
