using System.CommandLine;
using Microsoft.Extensions.Logging;
using Ocid.Operator.Controllers;

namespace Ocid.Operator.Commands;

/// <summary><c>ocid-operator run</c>: the operator itself, in a pod or beside the cluster.</summary>
internal static class RunCommand
{
    public static Command Create(Terminal terminal)
    {
        var (scope, connection, images) = (new ScopeOptions(), new ConnectionOptions(), new ProtectedImageOptions());
        var metrics = AddressOption.Create("--metrics-address", "Address:port that Prometheus asks, or none", "0.0.0.0:8080");
        var probes = AddressOption.Create("--probe-address", "Address:port of /healthz and /readyz, or none", "0.0.0.0:8081");
        var elect = new Option<bool>("--leader-elect") { Description = "Run beside others of which one leads, by a Lease in the release's namespace" };
        var after = DurationOption.Create("--release-after", "How long a node has to be matched by no RuntimeConfig before everything is taken away from it", "1m");
        var command = new Command("run", "Bring RuntimeConfigs to the nodes of a cluster, until it is stopped.");
        scope.AddTo(command);
        images.AddTo(command);
        connection.AddTo(command);
        foreach (var option in new Option[] { metrics, probes, elect, after })
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var where = scope.Read(parsed);
            using var loggers = LoggerFactory.Create(logging => logging.AddFilter("Microsoft", LogLevel.Warning)
                .AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ")));
            using var kubernetes = connection.Connect(parsed);
            await using var program = new OperatorProgram(kubernetes, where, new OperatorProgramOptions
            {
                Fleet = new FleetOptions { Protected = images.Read(parsed, where), ReleaseAfter = parsed.GetValue(after) ?? new FleetOptions().ReleaseAfter },
                Metrics = parsed.GetValue(metrics)!.EndPoint,
                Probes = parsed.GetValue(probes)!.EndPoint,
                IsElected = parsed.GetValue(elect),
            }, loggers);
            await program.RunAsync(ct);
        });
        return command;
    }
}
