using System.CommandLine;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid images</c>: the images of the store.</summary>
internal static class ImagesCommand
{
    private static readonly string[] Headers = ["REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE"];

    public static Command Create(CommandContext context)
    {
        var listing = new Listing();
        var flags = StoreFlags.Create();
        var command = new Command("images", "List the images of this node's store") { listing.Option };
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct).ConfigureAwait(false);
            var rows = (await images.Catalog.ListAsync(ct).ConfigureAwait(false))
                .Select(image => new ImageRow(image.Id.ToString(), image.RepoTags, image.RepoDigests, image.Size, image.Created))
                .OrderByDescending(row => row.Created).ToList();
            if (parsed.GetValue(listing.Option) == "json")
                listing.Write(parsed, context.Terminal.Output, rows, ListingJson.Default.IReadOnlyListImageRow, Headers, _ => []);
            else
                TextTable.Write(context.Terminal.Output, Headers, rows.SelectMany(row => Lines(row, context.Time.GetUtcNow())));
        });
        return context.WithExamples(command, "ocid images\nocid images --root /tmp/store --runroot /tmp/run -o json");
    }

    private static IEnumerable<IReadOnlyList<string>> Lines(ImageRow image, DateTimeOffset now)
    {
        var names = image.RepoTags.Select(SplitTag).DefaultIfEmpty((image.RepoDigests.Count > 0 ? image.RepoDigests[0][..image.RepoDigests[0].IndexOf('@', StringComparison.Ordinal)] : "<none>", "<none>"));
        return names.Select(name => (IReadOnlyList<string>)
        [
            name.Item1, name.Item2, HumanText.ShortId(image.Id), image.Created is { } created ? HumanText.Ago(created, now) : "-", HumanText.Size(image.Size),
        ]);
    }

    private static (string, string) SplitTag(string name)
    {
        var colon = name.LastIndexOf(':');
        return (name[..colon], name[(colon + 1)..]);
    }
}
