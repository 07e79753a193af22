using System.CommandLine;
using System.CommandLine.Invocation;
using Ocid.Operator.Manifests;
using Ocid.Primitives;

namespace Ocid.Operator.Commands;

/// <summary>The command line of <c>ocid-operator</c>: its verbs, its usage errors and its exit codes.</summary>
internal static class OperatorCommandLine
{
    // A pod has 30 seconds: what is being written is written, and the lead is given back.
    private static readonly TimeSpan Termination = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var root = new RootCommand("Brings RuntimeConfigs to the nodes of a cluster.") { PlanCommand.Create(terminal), ExplainCommand.Create(terminal), RunCommand.Create(terminal), ReleaseCommand.Create(terminal), CheckCommand.Create(terminal) };
        var parsed = root.Parse(args.Length > 0 ? args : ["--help"]);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors.Select(error => error.Message).Distinct())
                terminal.Complain(char.ToLowerInvariant(error[0]) + error[1..].TrimEnd('.'));
            terminal.Error.WriteLine("usage: see `ocid-operator --help`");
            return ExitCode.Usage;
        }

        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Termination, Output = terminal.Output, Error = terminal.Error });
            return args.Length > 0 ? code : ExitCode.Usage;
        }
        catch (ManifestException wrong)
        {
            foreach (var line in wrong.Lines)
                terminal.Complain(line.ToString());
        }
        catch (Exception failure) when (failure is OcidException or IOException or UnauthorizedAccessException) // what a person can do something about, as a line
        {
            terminal.Complain(failure.Message);
        }

        return ExitCode.Failed;
    }
}
