namespace Ocid.Streaming;

/// <summary>Connects to ports of a pod.</summary>
/// <param name="PodSandboxId">The pod.</param>
/// <param name="Ports">The ports of the channels of a WebSocket client, in order; a SPDY client names a port with each stream.</param>
public sealed record PortForwardOffer(string PodSandboxId, IReadOnlyList<int> Ports) : StreamingOffer
{
    internal override string Verb => "portforward";

    internal override string Subject => PodSandboxId;
}
