using System.CommandLine;
using Ocid.Agent.Applying;
using Ocid.Daemon.Nodes;
using Ocid.Primitives;
using Ocid.Revisions;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid apply</c>: puts a revision that is staged on this node into force, or the one before back.</summary>
internal static class ApplyCommand
{
    private const string Notes =
        "The agent runs this on the host. What was in force is put back when the daemon is not ready, a handler is missing or the canary pod does not\n" +
        "run, and when this process dies or takes longer than the limit: no API server is needed for that.";

    public static Command Create(CommandContext context)
    {
        var revision = new Argument<string?>("REVISION") { Description = "The revision's hash; its files are in etc/ocid/revisions/HASH", Arity = ArgumentArity.ZeroOrOne };
        var root = NodeFlags.Root();
        var limit = NodeFlags.Limit();
        var recover = new Option<bool>("--recover") { Description = "Only take back a change that was interrupted" };
        var deadMan = new Option<bool>("--dead-man") { Description = "Wait beside a change and take it back when it dies or hangs", Hidden = true };
        var command = new Command("apply", "Put a staged revision of the node's configuration into force, and back where it does not work") { revision, root, limit, recover, deadMan };
        command.SetAction(async (parsed, ct) =>
        {
            var node = HostNode.At(parsed.GetValue(root)!, TimeSpan.FromSeconds(parsed.GetValue(limit)));
            if (parsed.GetValue(deadMan))
                await new DeadMan(node).RunAsync(ct).ConfigureAwait(false);
            else if (parsed.GetValue(recover))
                context.Terminal.Output.WriteLine(await new NodeRecovery(node).RunAsync(ct).ConfigureAwait(false) ? "a change that was interrupted is taken back" : "nothing to take back");
            else
                await ApplyAsync(context, node, parsed.GetValue(revision), ct).ConfigureAwait(false);
        });
        return context.WithExamples(command, "ocid apply 3f2a9c0d11e45b67\nocid apply --recover", Notes);
    }

    private static async Task ApplyAsync(CommandContext context, NodeParts node, string? revision, CancellationToken ct)
    {
        if (revision is null)
            throw new OcidException(ErrorKind.InvalidArgument, "apply: which revision? (`ocid node status` lists those on this node)");
        var hash = RevisionHash.Parse(revision);
        await new RevisionApply(node).RunAsync(hash, ct).ConfigureAwait(false);
        context.Terminal.Output.WriteLine($"{hash} is in force");
    }
}
