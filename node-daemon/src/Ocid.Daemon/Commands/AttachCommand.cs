using System.CommandLine;
using Ocid.Cri.V1;
using Ocid.Daemon.Cri;
using Ocid.Daemon.Streaming;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid attach</c>: joins a running container's first process.</summary>
internal static class AttachCommand
{
    private const string Notes = """
        Ends with the container. What was printed before is in its log: see ocid logs.
        -t is for a container that was made with a terminal (tty: true), -i for one that was made with an input (stdin: true).
        """;

    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("NAME") { Description = "A container, or a pod: id, beginning of an id, or name" };
        var (container, stdin, tty) = (StreamFlags.Container(), StreamFlags.Stdin(), StreamFlags.Tty());
        var stream = new StreamFlags(context);
        var command = new Command("attach", "Join a running container's input and output") { container, stdin, tty, name };
        foreach (var option in stream.Options)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            using var client = context.Connect(parsed);
            var target = (await NodeObjects.ListAsync(client, ct).ConfigureAwait(false)).ContainerOf(parsed.GetRequiredValue(name), parsed.GetValue(container));
            var (hasInput, hasTerminal) = (parsed.GetValue(stdin), parsed.GetValue(tty));
            var request = new AttachRequest { ContainerId = target.Id, Stdin = hasInput, Stdout = true, Stderr = !hasTerminal, Tty = hasTerminal };
            var offered = await client.Runtime.AttachAsync(request, cancellationToken: ct).ConfigureAwait(false);
            using var channels = await ChannelClient.ConnectAsync(new Uri(offered.Url), stream.Trust(parsed), ct).ConfigureAwait(false);
            return await new CommandClient(channels, hasInput, hasTerminal).RunAsync(ct).ConfigureAwait(false);
        });
        return context.WithExamples(command, "ocid attach web\nocid attach web -c app -i\nocid attach -it 9f3c0a", Notes);
    }
}
