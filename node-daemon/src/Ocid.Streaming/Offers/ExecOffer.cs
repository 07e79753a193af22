namespace Ocid.Streaming;

/// <summary>Runs a command in a container.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="Stdio">Which streams the command gets.</param>
/// <param name="Command">The program and its arguments.</param>
public sealed record ExecOffer(string ContainerId, StdioShape Stdio, IReadOnlyList<string> Command) : CommandOffer(ContainerId, Stdio)
{
    internal override string Verb => "exec";
}
