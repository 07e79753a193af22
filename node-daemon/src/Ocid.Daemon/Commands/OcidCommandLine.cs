using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Ocid.Daemon.Configuration;

namespace Ocid.Daemon.Commands;

/// <summary>The command line: its verbs, its usage errors and its exit codes.</summary>
internal static class OcidCommandLine
{
    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var parsed = Create(new CommandContext(terminal)).Parse(args.Length > 0 ? args : ["--help"]);
        if (parsed.Action is ParseErrorAction)
            return RefuseUsage(parsed, terminal);

        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = terminal.Output,
                Error = terminal.Error,
                // SIGTERM cancels the verb's token; the verb's own clean-up is bounded.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(60),
            }).ConfigureAwait(false);
            return args.Length > 0 ? code : ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception failure) // the one place where a failure becomes a line for people
        {
            foreach (var line in Failure.Lines(failure))
                terminal.Complain(line);
            return ExitCode.Failed;
        }
    }

    private static RootCommand Create(CommandContext context)
    {
        var root = new RootCommand("Runs Kubernetes pods: a CRI runtime for a node, and the tools to look at it and to use it by hand.")
        {
            ServeVerb.Create(context),
            MonitorHelp.Create(context),
            StatusCommand.Create(context),
            VersionCommand.Create(context),
            ConfigCommand.Create(context),
            LoginCommand.Create(context),
            LogoutCommand.Create(context),
            PullCommand.Create(context),
            PushCommand.Create(context),
            InspectCommand.Create(context),
            ImagesCommand.Create(context),
            RmiCommand.Create(context),
            ImageCommand.Create(context),
            StoreCommand.Create(context),
            SignCommand.Create(context),
            VerifyCommand.Create(context),
            KeyCommand.Create(context),
            RunCommand.Create(context),
            PodsCommand.Create(context),
            PsCommand.Create(context),
            LogsCommand.Create(context),
            ExecCommand.Create(context),
            AttachCommand.Create(context),
            PortForwardCommand.Create(context),
            StopCommand.Create(context),
            RmCommand.Create(context),
            AgentCommand.Create(context),
            ApplyCommand.Create(context),
            NodeCommand.Create(context),
        };
        foreach (var option in context.Options)
            root.Options.Add(option);

        context.WithExamples(root, "ocid status\nocid pull docker.io/library/busybox\nocid run pod.yaml");
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesHelp((HelpAction)help.Action!, context.Help);
        return root;
    }

    private static int RefuseUsage(ParseResult parsed, Terminal terminal)
    {
        var command = parsed.CommandResult.Command;
        var errors = parsed.Errors.Select(error => error.Message).Distinct().ToList();
        // An unknown verb is also a missing one to the library.
        if (parsed.UnmatchedTokens.Count > 0 && command.Subcommands.Count > 0)
            errors = [.. parsed.UnmatchedTokens.Take(1).Select(token => $"unknown {(token.StartsWith('-') ? "option" : "verb")} '{token}'{Suggest(token, command)}")];

        foreach (var error in errors)
            terminal.Complain(char.ToLowerInvariant(error[0]) + error[1..].TrimEnd('.'));
        terminal.Error.WriteLine($"usage: see `{PathOf(command)} --help`");
        return ExitCode.Usage;
    }

    private static string PathOf(Command command) =>
        command is RootCommand ? "ocid" : $"{PathOf(command.Parents.OfType<Command>().First())} {command.Name}";

    private static string Suggest(string token, Command command) =>
        Spelling.Nearest(token, command.Subcommands.Select(verb => verb.Name)) is { } nearest ? $" (did you mean {nearest}?)" : "";
}
