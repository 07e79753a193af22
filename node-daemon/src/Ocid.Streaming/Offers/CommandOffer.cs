namespace Ocid.Streaming;

/// <summary>An offer of a process's standard streams.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="Stdio">Which streams.</param>
public abstract record CommandOffer(string ContainerId, StdioShape Stdio) : StreamingOffer
{
    internal override string Subject => ContainerId;
}
