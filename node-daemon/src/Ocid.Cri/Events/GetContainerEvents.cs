using System.Runtime.CompilerServices;

namespace Ocid.Cri.Events;

/// <summary>What happens to containers and sandboxes from now on, for as long as the caller listens.</summary>
internal sealed class GetContainerEvents(ContainerEvents events) : IStreamCall<V1.GetEventsRequest, V1.ContainerEventResponse>
{
    public async IAsyncEnumerable<V1.ContainerEventResponse> HandleAsync(V1.GetEventsRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        var reader = events.Listen();
        try
        {
            await foreach (var happened in reader.ReadAllAsync(ct).ConfigureAwait(false))
                yield return happened;
        }
        finally
        {
            events.Leave(reader);
        }
    }
}
