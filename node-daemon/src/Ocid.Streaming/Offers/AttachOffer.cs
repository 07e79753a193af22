namespace Ocid.Streaming;

/// <summary>Joins a container's first process.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="Stdio">Which streams; whether there is a terminal is the container's.</param>
public sealed record AttachOffer(string ContainerId, StdioShape Stdio) : CommandOffer(ContainerId, Stdio)
{
    internal override string Verb => "attach";
}
