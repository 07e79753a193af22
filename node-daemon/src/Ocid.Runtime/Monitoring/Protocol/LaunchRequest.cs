namespace Ocid.Runtime.Monitoring.Protocol;

// A runtime's create or exec. The files of an exec are the daemon's, who removes them.
internal sealed record LaunchRequest
{
    public required string RuntimeProgram { get; init; }

    public IReadOnlyList<string> RuntimeArguments { get; init; } = [];

    public string? BundlePath { get; init; }

    public string? ProcessPath { get; init; }

    public required string StateDirectory { get; init; }

    public string? LogPath { get; init; }

    public long LogLimit { get; init; }

    public string? CgroupPath { get; init; }

    public bool Terminal { get; init; }

    public string? ConsoleSocketPath { get; init; }

    public bool Stdin { get; init; }

    public string? HiddenPath { get; init; }

    public int TimeoutSeconds { get; init; }
}
