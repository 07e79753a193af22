using Ocid.Cri.V1;
using Ocid.Daemon.Cri;

namespace Ocid.Daemon.Commands;

/// <summary>One line of <c>ocid pods</c>.</summary>
internal sealed record PodRow(string Id, string Name, string Namespace, string Uid, string State, DateTimeOffset Created, int Containers, string RuntimeHandler, IDictionary<string, string> Labels)
{
    public static PodRow Of(PodSandbox pod, NodeObjects objects) => new(
        pod.Id,
        pod.Metadata.Name,
        pod.Metadata.Namespace,
        pod.Metadata.Uid,
        pod.State == PodSandboxState.SandboxReady ? "Ready" : "NotReady",
        HumanText.Moment(pod.CreatedAt),
        objects.Containers.Count(container => container.PodSandboxId == pod.Id),
        pod.RuntimeHandler,
        pod.Labels);
}
