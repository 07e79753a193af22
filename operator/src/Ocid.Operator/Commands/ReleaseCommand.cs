using System.CommandLine;
using Ocid.Cluster.Api;
using Ocid.Operator.Controllers;
using Ocid.Operator.Planning;

namespace Ocid.Operator.Commands;

/// <summary><c>ocid-operator release</c>: takes everything away that ocid put onto the nodes, for the chart's pre-delete hook and for people.</summary>
internal static class ReleaseCommand
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    public static Command Create(Terminal terminal)
    {
        var (scope, connection) = (new ScopeOptions(), new ConnectionOptions());
        var timeout = DurationOption.Create("--timeout", "How long the nodes have", "5m");
        var command = new Command("release", "Have every node give back what ocid put onto it, then delete the RuntimeNodes and the revisions.\n\nA running operator stops writing first.");
        scope.AddTo(command);
        connection.AddTo(command);
        command.Options.Add(timeout);
        command.SetAction(async (parsed, ct) =>
        {
            using var kubernetes = connection.Connect(parsed);
            var release = new FleetRelease(new ClusterClient(kubernetes), scope.Read(parsed), TimeProvider.System);
            return Tell(await release.RunAsync(parsed.GetValue(timeout) ?? DefaultTimeout, ct), terminal);
        });
        return command;
    }

    private static int Tell(ReleaseOutcome outcome, Terminal terminal)
    {
        terminal.Output.WriteLine($"released {NodeNames.Count(outcome.Released)}");
        foreach (var (node, reason) in outcome.Left)
            terminal.Complain($"node {node} is not released: {reason}; next: kubectl describe runtimenode {node}");
        return outcome.Left.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
