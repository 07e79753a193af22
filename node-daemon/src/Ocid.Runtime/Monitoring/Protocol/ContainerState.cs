namespace Ocid.Runtime.Monitoring.Protocol;

// Everything about a container that another monitor needs to go on with it. Its descriptors travel beside it: over the
// socket, or through execve under the numbers in UpgradeState.
internal sealed record ContainerState
{
    public required string Id { get; init; }

    public int Pid { get; init; }

    public required string StateDirectory { get; init; }

    public string? LogPath { get; init; }

    public long LogLimit { get; init; }

    public string? CgroupPath { get; init; }

    public bool Terminal { get; init; }

    public ExitState? Exit { get; init; }

    /// <summary>Read from the terminal and not in the pipe to the log yet.</summary>
    public byte[]? TerminalPending { get; init; }

    /// <summary>What each descriptor is, in their order: the names in <see cref="DescriptorName"/>.</summary>
    public IReadOnlyList<string> Descriptors { get; init; } = [];
}
