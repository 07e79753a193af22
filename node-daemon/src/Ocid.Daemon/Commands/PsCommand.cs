using System.CommandLine;
using Ocid.Daemon.Cri;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid ps</c>: the daemon's containers.</summary>
internal static class PsCommand
{
    private static readonly string[] Headers = ["CONTAINER ID", "NAME", "STATE", "CREATED", "IMAGE", "ATTEMPT", "POD"];

    public static Command Create(CommandContext context)
    {
        var listing = new Listing();
        var all = new Option<bool>("--all", "-a") { Description = "Also containers that do not run" };
        var command = new Command("ps", "List containers") { all, listing.Option };
        command.SetAction(async (parsed, ct) =>
        {
            using var client = context.Connect(parsed);
            var objects = await NodeObjects.ListAsync(client, ct).ConfigureAwait(false);
            var rows = objects.Containers.Select(container => ContainerRow.Of(container, objects))
                .Where(row => row.State == "Running" || parsed.GetValue(all))
                .OrderByDescending(row => row.Created).ToList();
            var now = context.Time.GetUtcNow();
            listing.Write(parsed, context.Terminal.Output, rows, ListingJson.Default.IReadOnlyListContainerRow, Headers, row =>
            [
                HumanText.ShortId(row.Id), row.Name, row.State, HumanText.Ago(row.Created, now), row.Image, $"{row.Attempt}", row.Pod is null ? HumanText.ShortId(row.PodId) : $"{row.Namespace}/{row.Pod}",
            ]);
        });
        return context.WithExamples(command, "ocid ps\nocid ps --all --output json");
    }
}
