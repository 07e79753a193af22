using System.CommandLine;
using Ocid.Primitives;
using Ocid.Storage.Pruning;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid store prune</c>: removes images that nobody uses, by a policy.</summary>
internal static class StorePruneCommand
{
    public static Command Create(CommandContext context)
    {
        var all = new Option<bool>("--all", "-a") { Description = "Also images that have names; without, only those that lost theirs" };
        var older = new Option<string>("--older-than") { Description = "Only images that came so long ago: 30m, 24h, 7d", HelpName = "TIME", DefaultValueFactory = _ => "0s" };
        var above = new Option<int?>("--above") { Description = "Do nothing unless more than this of the file system is used, in percent", HelpName = "PERCENT" };
        var downTo = new Option<int?>("--down-to") { Description = "With --above: stop once no more than this is used [default: the same]", HelpName = "PERCENT" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would go" };
        var flags = StoreFlags.Create();
        var command = new Command("prune", "Remove images that no container uses, the oldest first") { all, older, above, downTo, dryRun };
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var policy = new PrunePolicy
            {
                Named = parsed.GetValue(all),
                OlderThan = Time(parsed.GetRequiredValue(older)),
                Above = parsed.GetValue(above),
                DownTo = parsed.GetValue(downTo) ?? parsed.GetValue(above) ?? 0,
            };
            if (policy.Above is null && parsed.GetValue(downTo) is not null)
                throw new OcidException(ErrorKind.InvalidArgument, "store prune: --down-to goes with --above");
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct).ConfigureAwait(false);
            foreach (var image in await images.Store.PruneAsync(policy, parsed.GetValue(dryRun), ct).ConfigureAwait(false))
                context.Terminal.Output.WriteLine($"{HumanText.ShortId(image.Id.Value)}   {(image.Names.Count > 0 ? image.Names[0] : "<none>")}");
        });
        return context.WithExamples(
            command,
            "ocid store prune\nocid store prune --all --older-than 168h\nocid store prune --all --above 85 --down-to 70",
            "An image that a container of any program uses stays. Age counts from when the image came into the store.");
    }

    private static TimeSpan Time(string text)
    {
        var unit = text.Length > 1 ? text[^1] switch { 's' => 1L, 'm' => 60L, 'h' => 3600L, 'd' => 86400L, _ => 0L } : 0L;
        return unit > 0 && int.TryParse(text.AsSpan(0, text.Length - 1), out var count) && count >= 0
            ? TimeSpan.FromSeconds(count * unit)
            : throw new OcidException(ErrorKind.InvalidArgument, $"store prune: want a time such as 30m, 24h or 7d, found {Quoted.Text(text)}");
    }
}
