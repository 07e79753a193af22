using System.CommandLine;
using Ocid.Operator.Planning;

namespace Ocid.Operator.Commands;

/// <summary><c>ocid-operator plan</c>: what would change on which node, and what that costs it, before anything is applied.</summary>
internal static class PlanCommand
{
    public static Command Create(Terminal terminal)
    {
        var options = new ClusterOptions();
        var command = new Command(
            "plan",
            "Show which nodes would change, what that costs them, and how their files differ.\n\nkubectl get runtimeconfigs,runtimenodes,nodes -o yaml | ocid-operator plan -f - -f rtc.yaml\n\nWithout manifests the cluster is asked; with --cluster it is asked, and the manifests change what it has:\n\nocid-operator plan --cluster -f rtc.yaml");
        options.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var cluster = await options.ReadAsync(parsed, terminal, ct);
            if (cluster.Nodes.Count == 0)
                terminal.Complain("no node is known, so that nothing would change; next: ocid-operator plan --cluster -f FILE, or the nodes as manifests: kubectl get runtimeconfigs,runtimenodes,nodes -o yaml");
            return Run(FleetOutlook.Of(cluster, ClusterOptions.Renderer), terminal);
        });
        return command;
    }

    private static int Run(FleetOutlook fleet, Terminal terminal)
    {
        var steps = fleet.Steps.ToList();
        terminal.Output.Write(fleet.Nodes.Count == 0 ? "no RuntimeConfig matches a node\n" : PlanText.Of(steps));
        foreach (var problem in fleet.Problems)
            terminal.Complain($"{problem.Kind}: RuntimeConfig {string.Join(", ", problem.Configs)}: {problem}");
        var held = fleet.Nodes.Where(node => node.Target is null).Select(node => node.Node.Snapshot.Name).ToList();
        if (held.Count == 0)
            return ExitCode.Done;
        terminal.Complain($"these would keep what they have: {NodeNames.Of(held)}");
        return ExitCode.Failed;
    }
}
