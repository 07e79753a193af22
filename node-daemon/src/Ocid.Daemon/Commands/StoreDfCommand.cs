using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ocid.Storage;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid store df</c>: what the store takes, and what of it could be free.</summary>
internal static class StoreDfCommand
{
    private static readonly string[] s_headers = ["TYPE", "TOTAL", "ACTIVE", "SIZE", "RECLAIMABLE"];

    public static Command Create(CommandContext context)
    {
        var listing = new Listing();
        var flags = StoreFlags.Create();
        var command = new Command("df", "Show what images and containers take, and the file system that holds them") { listing.Option };
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct).ConfigureAwait(false);
            var usage = await images.Store.MeasureAsync(ct).ConfigureAwait(false);
            UsageRow[] rows = [Row("Images", usage.Images), Row("Containers", usage.Containers)];
            if (parsed.GetValue(listing.Option) == "json")
            {
                context.Terminal.Output.WriteLine(JsonSerializer.Serialize(rows, ListingJson.Default.IReadOnlyListUsageRow));
                return;
            }

            TextTable.Write(context.Terminal.Output, s_headers, rows.Select(Line));
            var (total, available) = (usage.FileSystem.TotalBytes, usage.FileSystem.AvailableBytes);
            context.Terminal.Output.WriteLine(
                $"file system: {HumanText.Size((long)available)} of {HumanText.Size((long)total)} available, {(total == 0 ? 0 : 100 - (available * 100 / total))}% used");
        });
        return context.WithExamples(command, "ocid store df\nocid store df --output json");
    }

    private static UsageRow Row(string type, KindUsage usage) => new(type, usage.Total, usage.Active, usage.Bytes, usage.Reclaimable);

    private static IReadOnlyList<string> Line(UsageRow row) =>
    [
        row.Type, row.Total.ToString(CultureInfo.InvariantCulture), row.Active.ToString(CultureInfo.InvariantCulture), HumanText.Size(row.Bytes), HumanText.Size(row.Reclaimable),
    ];
}
