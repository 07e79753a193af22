using Ocid.Primitives;

namespace Ocid.Agent.Services;

/// <summary>The daemon and its monitor as services of the host, and commands that outlive whoever asks for them.</summary>
public interface IServiceControl
{
    /// <summary>Whether the host's init reads unit files.</summary>
    bool UsesUnits { get; }

    /// <summary>Starts what does not run: the monitor, then the daemon.</summary>
    Task StartAsync(CancellationToken ct);

    /// <summary>Starts the daemon anew; pods go on.</summary>
    Task RestartAsync(CancellationToken ct);

    /// <summary>Lets the running daemon read its files again.</summary>
    Task ReloadAsync(CancellationToken ct);

    /// <summary>Stops the daemon, then the monitor.</summary>
    Task StopAsync(CancellationToken ct);

    /// <summary>Takes over unit files that were written or removed.</summary>
    Task ReadUnitsAsync(CancellationToken ct);

    /// <summary>Runs a command outside of this process's life and waits for its end.</summary>
    /// <param name="name">What it is called, without an ending.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="ct">Ends the wait; the command goes on.</param>
    /// <exception cref="OcidException">Aborted: it failed.</exception>
    Task RunAsync(string name, IReadOnlyList<string> command, CancellationToken ct);

    /// <summary>Starts a command that outlives this process.</summary>
    Task LaunchAsync(string name, IReadOnlyList<string> command, CancellationToken ct);
}
