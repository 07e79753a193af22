using System.CommandLine;
using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.Daemon.Configuration;
using Ocid.Daemon.Cri;
using Ocid.Daemon.Streaming;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid exec</c>: one command in a running container.</summary>
internal static class ExecCommand
{
    private const string Notes = """
        Output comes as it is printed. With --timeout or --sync it comes when the command has ended, 16 MiB of each stream, and there is no -i and no -t.
        The exit status is the command's own; 125 when ocid failed, 126 when the command cannot be run, 127 when it was not found.
        """;

    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("CONTAINER") { Description = "Id, beginning of an id, name, pod/name, or a pod" };
        var words = new Argument<string[]>("COMMAND") { Description = "The command and its arguments, after --", Arity = ArgumentArity.OneOrMore };
        var timeout = new Option<long>("--timeout") { Description = "Kill the command after this many seconds; 0 waits", HelpName = "SECONDS" };
        var sync = new Option<bool>("--sync", "-s") { Description = "Print the output when the command has ended" };
        var (container, stdin, tty) = (StreamFlags.Container(), StreamFlags.Stdin(), StreamFlags.Tty());
        var stream = new StreamFlags(context);
        var command = new Command("exec", "Run a command in a running container") { container, stdin, tty, sync, timeout, name, words };
        foreach (var option in stream.Options)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            try
            {
                using var client = context.Connect(parsed);
                var target = (await NodeObjects.ListAsync(client, ct).ConfigureAwait(false)).ContainerOf(parsed.GetRequiredValue(name), parsed.GetValue(container));
                var (hasInput, hasTerminal) = (parsed.GetValue(stdin), parsed.GetValue(tty));
                if (!parsed.GetValue(sync) && parsed.GetValue(timeout) == 0)
                {
                    var streamed = new ExecRequest { ContainerId = target.Id, Cmd = { parsed.GetRequiredValue(words) }, Stdin = hasInput, Stdout = true, Stderr = !hasTerminal, Tty = hasTerminal };
                    return await StreamAsync(client, streamed, stream.Trust(parsed), ct).ConfigureAwait(false);
                }

                if (hasInput || hasTerminal)
                    throw new OcidException(ErrorKind.InvalidArgument, "exec: -i and -t go neither with --sync nor with --timeout");
                var request = new ExecSyncRequest { ContainerId = target.Id, Timeout = parsed.GetValue(timeout), Cmd = { parsed.GetRequiredValue(words) } };
                return await RunAsync(client, request, ct).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is RpcException or OcidException or IOException)
            {
                var lines = Failure.Lines(failure);
                foreach (var line in lines)
                    context.Terminal.Complain(line);
                return failure is ConfigurationException ? ExitCode.Failed : CodeOf(string.Join(' ', lines));
            }
        });
        return context.WithExamples(command, "ocid exec -it web -- sh\nocid exec web -c app -- cat /etc/resolv.conf\nocid exec --timeout 5 9f3c0a -- sh -c 'exit 3'; echo $?", Notes);
    }

    private static async Task<int> StreamAsync(CriClient client, ExecRequest request, ServerTrust trust, CancellationToken ct)
    {
        var offered = await client.Runtime.ExecAsync(request, cancellationToken: ct).ConfigureAwait(false);
        using var channels = await ChannelClient.ConnectAsync(new Uri(offered.Url), trust, ct).ConfigureAwait(false);
        return await new CommandClient(channels, request.Stdin, request.Tty).RunAsync(ct).ConfigureAwait(false);
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
