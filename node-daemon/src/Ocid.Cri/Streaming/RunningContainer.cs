using Ocid.Cri.Containers;
using Ocid.Cri.State;
using Ocid.Primitives;

namespace Ocid.Cri.Streaming;

/// <summary>A container that something is done in.</summary>
internal static class RunningContainer
{
    /// <param name="containers">All containers.</param>
    /// <param name="id">The one.</param>
    /// <param name="what">What is done, for the error.</param>
    /// <exception cref="OcidException">NotFound. FailedPrecondition: it does not run.</exception>
    public static Container Get(Registry<Container> containers, string id, string what)
    {
        var container = containers.Get(id);
        return container.Status.Phase == ContainerPhase.Running
            ? container
            : throw new OcidException(ErrorKind.FailedPrecondition, $"{what} container {container.Id}: it does not run");
    }
}
