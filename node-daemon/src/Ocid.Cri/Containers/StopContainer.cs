using Ocid.Cri.State;
using Ocid.Primitives;

namespace Ocid.Cri.Containers;

/// <summary>
/// Asks a container to end and kills it when the time is up. Each call keeps its own time, so a second, shorter one cuts
/// a longer one short; an unknown id and a container that has ended are no error.
/// </summary>
internal sealed class StopContainer(Registry<Container> containers, ContainerRuntimes runtimes, ThisNode node)
    : ICall<V1.StopContainerRequest, V1.StopContainerResponse>
{
    // The kernel frees a killed process's memory before it reports the exit; a large one takes seconds.
    private static readonly TimeSpan KernelLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(30);

    public async Task<V1.StopContainerResponse> HandleAsync(V1.StopContainerRequest request, CancellationToken ct)
    {
        if (containers.Find(request.ContainerId) is { } container)
            await StopAsync(container, TimeSpan.FromSeconds(Math.Clamp(request.Timeout, 0, int.MaxValue / 1000)), ct).ConfigureAwait(false);
        return new V1.StopContainerResponse();
    }

    /// <summary>Returns once the container's status says that it has exited.</summary>
    /// <exception cref="OcidException">DeadlineExceeded: it did not end even when killed, or its runtime hangs where only that can kill it. PermissionDenied: it can be neither signalled nor killed with its cgroup.</exception>
    public async Task StopAsync(Container container, TimeSpan grace, CancellationToken ct)
    {
        if (container.Status.Phase == ContainerPhase.Exited)
            return;

        if (container.Status.Phase == ContainerPhase.Running && grace > TimeSpan.Zero
            && await TryAskAsync(container, ct).ConfigureAwait(false) && await ExitsWithinAsync(container, grace, ct).ConfigureAwait(false))
        {
            return;
        }

        // The kernel first: it asks no profile, and no runtime that may hang. What has left the container's cgroup is the runtime's to find.
        var killed = runtimes.CgroupOf(container).TryKill();
        if (killed && await ExitsWithinAsync(container, KernelLimit, ct).ConfigureAwait(false))
            return;

        try
        {
            await runtimes.Of(container).KillAsync(container.Spec.ContainerId, SignalNames.Kill, all: true, ct).ConfigureAwait(false);
        }
        catch (OcidException failed) when (killed && IsNoAnswer(failed))
        {
            // What the kernel has killed may take longer than that to end.
        }

        if (!await ExitsWithinAsync(container, KillLimit, ct).ConfigureAwait(false))
            throw new OcidException(ErrorKind.DeadlineExceeded, $"stop container {container.Id}: killed {KillLimit.TotalSeconds:0} s ago and not ended: its processes wait in the kernel, or its AppArmor profile takes no signal");
    }

    // An AppArmor profile without a rule for signals lets none in, of whoever it be; and a runtime may hang.
    private static bool IsNoAnswer(OcidException failed) => failed.Kind is ErrorKind.PermissionDenied or ErrorKind.DeadlineExceeded;

    private async Task<bool> TryAskAsync(Container container, CancellationToken ct)
    {
        try
        {
            await runtimes.Of(container).KillAsync(container.Spec.ContainerId, container.Spec.StopSignal, all: false, ct).ConfigureAwait(false);
            return true;
        }
        catch (OcidException failed) when (IsNoAnswer(failed))
        {
            return false;
        }
    }

    private async Task<bool> ExitsWithinAsync(Container container, TimeSpan limit, CancellationToken ct)
    {
        try
        {
            await container.Exited.WaitAsync(limit, node.Time, ct).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
