using System.CommandLine;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid store wipe</c>: empties the store.</summary>
internal static class StoreWipeCommand
{
    public static Command Create(CommandContext context)
    {
        var sure = new Option<bool>("--yes") { Description = "Do it: every image and container goes, those of podman and buildah too" };
        var force = new Option<bool>("--force", "-f") { Description = "Also what is mounted: a running container then loses its files" };
        var flags = StoreFlags.Create();
        var command = new Command("wipe", "Remove every image, layer and container from this node's store") { sure, force };
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct).ConfigureAwait(false);
            var store = images.Store;
            if (!parsed.GetValue(sure))
                throw new OcidException(ErrorKind.FailedPrecondition, $"store wipe: {HumanText.Count(store.Images.Count, "image")} and {HumanText.Count(store.Containers.Count, "container")} in {store.Root} would go; say --yes");
            await store.WipeAsync(parsed.GetValue(force), ct).ConfigureAwait(false);
        });
        return context.WithExamples(command, "ocid store wipe --yes");
    }
}
