using System.CommandLine;
using Ocid.Daemon.Cri;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid pods</c>: the daemon's pods.</summary>
internal static class PodsCommand
{
    private static readonly string[] Headers = ["POD ID", "NAME", "NAMESPACE", "STATE", "CREATED", "CONTAINERS", "RUNTIME"];

    public static Command Create(CommandContext context)
    {
        var listing = new Listing();
        var command = new Command("pods", "List pods") { listing.Option };
        command.SetAction(async (parsed, ct) =>
        {
            using var client = context.Connect(parsed);
            var objects = await NodeObjects.ListAsync(client, ct).ConfigureAwait(false);
            var rows = objects.Pods.Select(pod => PodRow.Of(pod, objects)).OrderByDescending(row => row.Created).ToList();
            var now = context.Time.GetUtcNow();
            listing.Write(parsed, context.Terminal.Output, rows, ListingJson.Default.IReadOnlyListPodRow, Headers, row =>
            [
                HumanText.ShortId(row.Id), row.Name, row.Namespace, row.State, HumanText.Ago(row.Created, now), $"{row.Containers}", row.RuntimeHandler.Length > 0 ? row.RuntimeHandler : "(default)",
            ]);
        });
        return context.WithExamples(command, "ocid pods\nocid pods -o json | jq -r '.[].name'");
    }
}
