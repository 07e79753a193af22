using System.CommandLine;
using Ocid.Cri.V1;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid status</c>: is the daemon there, is the node ready, and if not, why.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("status", "Say whether the daemon is ready for pods; exits 1 when it is not");
        command.SetAction(async (parsed, ct) =>
        {
            using var client = context.Connect(parsed);
            var version = await client.Runtime.VersionAsync(new VersionRequest(), cancellationToken: ct).ConfigureAwait(false);
            var status = await client.Runtime.StatusAsync(new StatusRequest(), cancellationToken: ct).ConfigureAwait(false);
            var output = context.Terminal.Output;
            output.WriteLine($"{version.RuntimeName} {version.RuntimeVersion}, CRI {version.RuntimeApiVersion}");
            foreach (var condition in status.Status.Conditions)
                output.WriteLine($"{condition.Type,-14} {(condition.Status ? "yes" : "no")}{Why(condition)}");
            if (status.RuntimeHandlers.Count > 0)
                output.WriteLine($"{"Handlers",-14} {string.Join(", ", status.RuntimeHandlers.Select(handler => handler.Name.Length > 0 ? handler.Name : "(default)"))}");
            return status.Status.Conditions.All(condition => condition.Status) ? ExitCode.Done : ExitCode.Failed;
        });
        return context.WithExamples(command, "ocid status\nocid status --runtime-endpoint unix:///run/ocid/ocid.sock");
    }

    private static string Why(RuntimeCondition condition)
    {
        var text = string.Join(": ", new[] { condition.Reason, condition.Message }.Where(part => part.Length > 0));
        return condition.Status || text.Length == 0 ? "" : $" ({text})";
    }
}
