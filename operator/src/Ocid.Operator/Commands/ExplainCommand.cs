using System.CommandLine;
using Ocid.Operator.Planning;
using Ocid.Primitives;

namespace Ocid.Operator.Commands;

/// <summary><c>ocid-operator explain</c>: where each field of a node's configuration came from.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var options = new ClusterOptions();
        var node = new Argument<string>("NODE") { Description = "The node" };
        var command = new Command(
            "explain",
            "Show a node's effective configuration and which RuntimeConfig set what.\n\nkubectl get runtimeconfigs,nodes -o yaml | ocid-operator explain worker-1 -f -\n\nWithout manifests the cluster is asked.") { node };
        options.AddTo(command);
        command.SetAction(async (parsed, ct) => Run(FleetOutlook.Of(await options.ReadAsync(parsed, terminal, ct), ClusterOptions.Renderer), parsed.GetValue(node)!, terminal));
        return command;
    }

    private static int Run(FleetOutlook fleet, string name, Terminal terminal)
    {
        var node = fleet.Nodes.FirstOrDefault(node => node.Node.Snapshot.Name == name)
            ?? throw new OcidException(ErrorKind.NotFound, $"node {Quoted.Text(name)}: no RuntimeConfig matches it, or it is not there");
        terminal.Output.Write(ExplanationText.Of(node));
        return node.Target is null ? ExitCode.Failed : ExitCode.Done;
    }
}
