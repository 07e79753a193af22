using System.CommandLine;
using Ocid.Cri.V1;
using Ocid.Daemon.Cri;
using Ocid.Daemon.Logs;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid logs</c>: a container's output, from its log file on this node.</summary>
internal static class LogsCommand
{
    // inotify tells of new lines; that the container has ended is asked for once it is silent.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("NAME") { Description = "A container, or a pod: id, beginning of an id, or name" };
        var container = StreamFlags.Container();
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until the container has ended" };
        var tail = new Option<long?>("--tail") { Description = "Begin with the last N lines", HelpName = "N" };
        var timestamps = new Option<bool>("--timestamps") { Description = "Print each line's time" };
        var command = new Command("logs", "Print a container's output") { container, follow, tail, timestamps, name };
        command.SetAction(async (parsed, ct) =>
        {
            using var client = context.Connect(parsed);
            var target = (await NodeObjects.ListAsync(client, ct).ConfigureAwait(false)).ContainerOf(parsed.GetRequiredValue(name), parsed.GetValue(container));
            var path = (await StatusAsync(client, target, ct).ConfigureAwait(false)).LogPath;
            if (path.Length == 0 || !File.Exists(path))
                throw new OcidException(ErrorKind.NotFound, $"container {target.Metadata.Name} has no log file{(path.Length > 0 ? $" at {path}" : "")}");

            using var output = Console.OpenStandardOutput();
            using var error = Console.OpenStandardError();
            await PrintAsync(path, new LogPrinter(output, error, parsed.GetValue(timestamps)), parsed.GetValue(tail), parsed.GetValue(follow) ? () => IsRunningAsync(client, target, ct) : null, ct).ConfigureAwait(false);
        });
        return context.WithExamples(command, "ocid logs web\nocid logs web -c app --tail 20 --follow\nocid logs --timestamps 9f3c0a");
    }

    private static async Task PrintAsync(string path, LogPrinter printer, long? tail, Func<Task<bool>>? isRunning, CancellationToken ct)
    {
        using var changes = isRunning is null ? null : new LogChanges(path);
        using var file = new LogFile(path);
        if (tail is { } lines)
            file.SkipToLast(lines);

        await PrintNewAsync(file, printer, ct).ConfigureAwait(false);
        while (changes is not null)
        {
            var (changed, rotated) = await changes.WaitAsync(Silence, ct).ConfigureAwait(false);
            var goesOn = changed || await isRunning!().ConfigureAwait(false);
            await PrintNewAsync(file, printer, ct).ConfigureAwait(false);
            if (!goesOn)
                return;
            if (!rotated || !File.Exists(path))
                continue;

            file.Reopen();
            await PrintNewAsync(file, printer, ct).ConfigureAwait(false);
        }
    }

    private static async Task PrintNewAsync(LogFile file, LogPrinter printer, CancellationToken ct)
    {
        await foreach (var line in file.ReadNewAsync(ct).ConfigureAwait(false))
            await printer.PrintAsync(line, ct).ConfigureAwait(false);
    }

    private static async Task<bool> IsRunningAsync(CriClient client, Container target, CancellationToken ct) =>
        (await StatusAsync(client, target, ct).ConfigureAwait(false)).State is ContainerState.ContainerRunning or ContainerState.ContainerCreated;

    private static async Task<ContainerStatus> StatusAsync(CriClient client, Container target, CancellationToken ct) =>
        (await client.Runtime.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = target.Id }, cancellationToken: ct).ConfigureAwait(false)).Status;
}
