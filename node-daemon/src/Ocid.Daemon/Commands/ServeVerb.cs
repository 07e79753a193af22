using System.CommandLine;
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
        var command = new Command("serve", "Serve the Container Runtime Interface to the kubelet; pods outlive the daemon");
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction((parsed, ct) => ServeAsync(context.Configuration(parsed, FlagValues.Read(parsed, flags)).Options, ct));
        return context.WithExamples(command, "ocid serve\nocid serve --config /tmp/node/ocid.toml --log-level debug\nocid serve --set runtime.default_runtime=crun --set 'storage.mount_options=[\"nodev\"]'");
    }

    private static async Task<int> ServeAsync(OcidOptions options, CancellationToken ct)
    {
        using var loggers = SystemdLog.CreateFactory(options.LogLevel, Console.OpenStandardOutput());
        await ServeCommand.RunAsync(options, loggers, ct).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
