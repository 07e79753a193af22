using System.CommandLine;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid store</c>: the store itself, whoever wrote what is in it.</summary>
internal static class StoreCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("store", "Check, repair, measure and empty this node's store")
        {
            StoreCheckCommand.Create(context),
            StoreRepairCommand.Create(context),
            StoreDfCommand.Create(context),
            StorePruneCommand.Create(context),
            StoreWipeCommand.Create(context),
        };
        return context.WithExamples(command, "ocid store check\nocid store repair\nocid store prune --all --older-than 168h");
    }
}
