using System.CommandLine;

namespace Ocid.Daemon.Commands;

/// <summary>The help of <c>ocid monitor</c>, which itself never comes this way: see Program.cs.</summary>
internal static class MonitorHelp
{
    public static Command Create(CommandContext context) => context.WithExamples(
        new Command("monitor", "Hold the containers' output, exit statuses and logs, one monitor a node; the daemon may restart beside it")
        {
            new Option<string>("--socket") { Description = "Unix socket to serve the daemon at", HelpName = "PATH" },
        },
        "ocid monitor --socket /run/ocid/monitor.sock");
}
