using System.CommandLine;
using Ocid.Agent.Applying;
using Ocid.Agent.Hosts;
using Ocid.Agent.Staging;
using Ocid.Daemon.Nodes;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid node</c>: what the operator's agent made of this host, and the way back, without a cluster.</summary>
internal static class NodeCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("node", "Look at what the cluster's operator put onto this host, or take it away")
        {
            CreateStatus(context),
            CreateRelease(context),
        };
        return context.WithExamples(command, "ocid node status\nocid node release");
    }

    private static Command CreateStatus(CommandContext context)
    {
        var root = NodeFlags.Root();
        var command = new Command("status", "Print the revisions of this node and what differs from them; exits 1 when something is wrong") { root };
        command.SetAction(parsed => Print(context.Terminal.Output, new NodePaths(parsed.GetValue(root)!)));
        return command;
    }

    private static Command CreateRelease(CommandContext context)
    {
        var root = NodeFlags.Root();
        var command = new Command("release", "Stop the runtime that the operator installed and put every path back as it was; refused while a kubelet's pods run on it") { root };
        command.SetAction(async (parsed, ct) =>
        {
            var node = HostNode.At(parsed.GetValue(root)!, TimeSpan.FromMinutes(5));
            var kept = await new NodeRelease(node).RunAsync(ct).ConfigureAwait(false);
            foreach (var path in kept)
                context.Terminal.Output.WriteLine($"stays: {path}");
            context.Terminal.Output.WriteLine("released");
        });
        return command;
    }

    private static int Print(TextWriter output, NodePaths paths)
    {
        var node = NodeOverview.Read(paths);
        output.WriteLine($"{"Phase",-10} {node.State.Phase}{(node.IsChanging ? " (a change is under way)" : "")}");
        output.WriteLine($"{"Current",-10} {node.State.Current ?? "none"}");
        output.WriteLine($"{"Last good",-10} {node.State.LastGood ?? "none"}");
        if (node.State.Failed is { } failed)
            output.WriteLine($"{"Failed",-10} {failed}");
        output.WriteLine($"{"Staged",-10} {string.Join(", ", new StagedRevisions(paths).All.Select(hash => hash.Value).Order(StringComparer.Ordinal).DefaultIfEmpty("none"))}");
        if (node.State.Message.Length > 0)
            output.WriteLine($"{"Message",-10} {node.State.Message}");
        foreach (var path in node.Drift)
            output.WriteLine($"{"Drift",-10} {path}");
        return node.State.Message.Length > 0 || node.Drift.Count > 0 ? ExitCode.Failed : ExitCode.Done;
    }
}
