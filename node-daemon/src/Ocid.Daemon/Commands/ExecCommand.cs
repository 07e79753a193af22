using System.CommandLine;
using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.Daemon.Configuration;
using Ocid.Daemon.Cri;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid exec</c>: one command in a running container, its output when it has ended.</summary>
internal static class ExecCommand
{
    private const string Notes = """
        There is no -i and no -t yet: the command has no input and no terminal, and 16 MiB of output on each stream.
        The exit status is the command's own; 125 when ocid failed, 126 when the command cannot be run, 127 when it was not found.
        """;

    public static Command Create(CommandContext context)
    {
        var container = new Argument<string>("CONTAINER") { Description = "Id, beginning of an id, name, or pod/name" };
        var words = new Argument<string[]>("COMMAND") { Description = "The command and its arguments, after --", Arity = ArgumentArity.OneOrMore };
        var timeout = new Option<long>("--timeout") { Description = "Kill the command after this many seconds; 0 waits", HelpName = "SECONDS" };
        var command = new Command("exec", "Run a command in a running container and print its output when it has ended")
        {
            timeout, container, words,
        };
        command.SetAction(async (parsed, ct) =>
        {
            try
            {
                using var client = context.Connect(parsed);
                var target = (await NodeObjects.ListAsync(client, ct).ConfigureAwait(false)).Container(parsed.GetRequiredValue(container));
                var request = new ExecSyncRequest { ContainerId = target.Id, Timeout = parsed.GetValue(timeout), Cmd = { parsed.GetRequiredValue(words) } };
                return await RunAsync(client, request, ct).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is RpcException or OcidException)
            {
                var lines = Failure.Lines(failure);
                foreach (var line in lines)
                    context.Terminal.Complain(line);
                return failure is ConfigurationException ? ExitCode.Failed : CodeOf(string.Join(' ', lines));
            }
        });
        return context.WithExamples(command, "ocid exec web -- cat /etc/resolv.conf\nocid exec --timeout 5 9f3c0a -- sh -c 'exit 3'; echo $?", Notes);
    }

    private static async Task<int> RunAsync(CriClient client, ExecSyncRequest request, CancellationToken ct)
    {
        var answer = await client.Runtime.ExecSyncAsync(request, cancellationToken: ct).ConfigureAwait(false);
        await WriteAsync(Console.OpenStandardOutput(), answer.Stdout.Memory, ct).ConfigureAwait(false);
        await WriteAsync(Console.OpenStandardError(), answer.Stderr.Memory, ct).ConfigureAwait(false);
        return answer.ExitCode;
    }

    private static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await using (stream.ConfigureAwait(false))
            await stream.WriteAsync(bytes, ct).ConfigureAwait(false);
    }

    // The OCI runtimes say it in words only.
    private static int CodeOf(string message)
    {
        if (message.Contains("executable file not found", StringComparison.Ordinal) || message.Contains("no such file or directory", StringComparison.OrdinalIgnoreCase) && message.Contains("exec", StringComparison.Ordinal))
            return ExitCode.CommandNotFound;
        return message.Contains("permission denied", StringComparison.OrdinalIgnoreCase) && message.Contains("exec", StringComparison.Ordinal) ? ExitCode.NotExecutable : ExitCode.ExecFailed;
    }
}
