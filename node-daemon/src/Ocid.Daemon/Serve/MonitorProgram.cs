using Microsoft.Extensions.Logging;
using Ocid.Cri.Metrics;
using Ocid.Daemon.Configuration;
using Ocid.Linux;
using Ocid.Runtime.Monitoring;

namespace Ocid.Daemon.Serve;

/// <summary>The monitor as another run of this program, detached: it outlives the daemon that starts it.</summary>
internal static partial class MonitorProgram
{
    public static MonitorEndpoint Endpoint(OcidOptions options, CriMetrics metrics, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger(typeof(MonitorProgram).FullName!);
        return new MonitorEndpoint
        {
            SocketPath = options.MonitorSocket,
            StartMonitor = _ => options.StartsMonitor ? StartAsync(options.MonitorSocket) : Task.CompletedTask,
            OnLost = what =>
            {
                metrics.MonitorLost();
                LogLost(logger, what);
            },
        };
    }

    private static async Task StartAsync(string socket)
    {
        using var error = Descriptor.DuplicateStandardError();
        await Command.StartDetachedAsync(new CommandSpec
        {
            Program = Environment.ProcessPath!,
            Arguments = ["monitor", "--socket", socket],
            WorkingDirectory = "/",
            StandardError = error,
        }).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "monitor: {What}")]
    private static partial void LogLost(ILogger logger, string what);
}
