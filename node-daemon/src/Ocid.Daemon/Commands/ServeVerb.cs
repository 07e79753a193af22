using System.CommandLine;
using Microsoft.Extensions.Logging;
using Ocid.Daemon.Configuration;
using Ocid.Daemon.Serve;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid serve</c>: reads the configuration and hands over to <see cref="ServeCommand"/>.</summary>
internal static class ServeVerb
{
    public static Command Create(CommandContext context)
    {
        (Option<string?> Option, string Key)[] flags =
        [
            (new("--listen") { Description = "Unix socket to serve the Container Runtime Interface at (api.listen)", HelpName = "PATH" }, "api.listen"),
            (new("--log-level") { Description = "trace, debug, info, warn or error (log_level)", HelpName = "LEVEL" }, "log_level"),
            .. StoreFlags.Create(),
        ];
        var log = new Option<string?>("--log-file") { Description = "Append the log to a file in place of the output; at 16 MiB it is begun anew and the former kept beside it", HelpName = "FILE" };
        var command = new Command("serve", "Serve the Container Runtime Interface to the kubelet; pods outlive the daemon");
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.Options.Add(log);
        command.SetAction((parsed, ct) => ServeAsync(new ConfigurationSource(() => context.Configuration(parsed, FlagValues.Read(parsed, flags))), parsed.GetValue(log), ct));
        return context.WithExamples(command, "ocid serve\nocid serve --config /tmp/node/ocid.toml --log-level debug\nocid serve --set runtime.default_runtime=crun --set 'storage.mount_options=[\"nodev\"]'");
    }

    private static async Task<int> ServeAsync(ConfigurationSource source, string? log, CancellationToken ct)
    {
        var threshold = new LogThreshold(source.First.Options.LogLevel);
        using var loggers = SystemdLog.CreateFactory(threshold, log is null ? Console.OpenStandardOutput() : new BoundedLogFile(log));
        var reload = new ConfigurationReload(source, threshold, loggers.CreateLogger<ConfigurationReload>());
        await ServeCommand.RunAsync(source.First, reload, loggers, ct).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
