using Ocid.Agent.Hosts;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Agent.Services;

/// <summary>
/// A host without systemd: the daemon is a detached process, known by pid and start time, and starts its monitor itself. Nothing starts it again when it
/// falls or the host boots. The daemon bounds its log itself; what others write is begun anew with a start.
/// </summary>
/// <param name="paths">Where everything is.</param>
/// <param name="program">The program of the daemon.</param>
/// <param name="monitorSocket">The monitor's socket, as the configuration in force says.</param>
public sealed class DirectServices(NodePaths paths, Func<string> program, Func<string> monitorSocket) : IServiceControl
{
    private const string DaemonLog = "daemon.log";
    private const long LargestLog = 1024 * 1024;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    private readonly StateFile<ProcessRecord> _daemon = new(Path.Combine(paths.State, "daemon.json"), AgentJson.Default.ProcessRecord);

    /// <inheritdoc/>
    public bool UsesUnits => false;

    /// <summary>The daemon as it was started last; null when it does not run.</summary>
    public ProcessRecord? Daemon
    {
        get
        {
            using var running = RunningProcess.Find(_daemon.Read());
            return running is null ? null : _daemon.Read();
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken ct)
    {
        using var running = RunningProcess.Find(_daemon.Read());
        if (running is null)
            _daemon.Write(await LaunchAsync([program(), "serve", "--config", paths.ConfigurationFile, "--log-file", Log(DaemonLog)], DaemonLog).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async Task RestartAsync(CancellationToken ct)
    {
        using (var running = RunningProcess.Find(_daemon.Read()))
        {
            if (running is not null)
                await running.StopAsync(Grace, ct).ConfigureAwait(false);
        }

        await StartAsync(ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task ReloadAsync(CancellationToken ct)
    {
        using var running = RunningProcess.Find(_daemon.Read());
        if (running is not null)
            running.HangUp();
        else
            await StartAsync(ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken ct)
    {
        using (var daemon = RunningProcess.Find(_daemon.Read()))
        {
            if (daemon is not null)
                await daemon.StopAsync(Grace, ct).ConfigureAwait(false);
        }

        using var monitor = RunningProcess.Find(Monitor());
        if (monitor is not null)
            await monitor.StopAsync(Grace, ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task ReadUnitsAsync(CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task RunAsync(string name, IReadOnlyList<string> command, CancellationToken ct)
    {
        var spec = new CommandSpec { Program = command[0], Arguments = [.. command.Skip(1)], WorkingDirectory = "/" };
        // Cancelled, only the wait ends: the command would be killed with all that it has started.
        var result = await Command.RunAsync(spec, CancellationToken.None).WaitAsync(ct).ConfigureAwait(false);
        if (!result.IsSuccess)
            throw new OcidException(ErrorKind.Aborted, $"{name}: exit status {result.ExitCode}: {result.LastErrorLine}");
    }

    /// <inheritdoc/>
    public async Task LaunchAsync(string name, IReadOnlyList<string> command, CancellationToken ct) => await LaunchAsync(command, $"{name}.log").ConfigureAwait(false);

    private async Task<ProcessRecord> LaunchAsync(IReadOnlyList<string> command, string log)
    {
        if (log != DaemonLog && new FileInfo(Log(log)) is { Exists: true, Length: > LargestLog })
            File.Delete(Log(log));
        using var output = AppendFile.Open(Log(log));
        var pid = await Command.StartDetachedAsync(new CommandSpec
        {
            Program = command[0],
            Arguments = [.. command.Skip(1)],
            WorkingDirectory = "/",
            StandardOutput = output.OpenFile,
            StandardError = output.OpenFile,
        }).ConfigureAwait(false);
        return RunningProcess.Describe(pid) ?? throw new OcidException(ErrorKind.Aborted, $"{command[0]} ended at once (its output: {Log(log)})");
    }

    private string Log(string name) => Path.Combine(paths.State, name);

    // Whoever started it: the process that listens at its socket.
    private ProcessRecord? Monitor()
    {
        try
        {
            using var connection = SeqPacketConnection.Connect(monitorSocket());
            return RunningProcess.Describe(connection.PeerProcess);
        }
        catch (LinuxException nobody) when (nobody.Errno is Errno.ENOENT or Errno.ECONNREFUSED)
        {
            return null;
        }
    }
}
