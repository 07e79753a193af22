using System.CommandLine;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid image unmount</c>: ends what <c>ocid image mount</c> began.</summary>
internal static class ImageUnmountCommand
{
    public static Command Create(CommandContext context)
    {
        var what = new Argument<string[]>("WHAT") { Description = "Directories, images, or ids of mounts", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all", "-a") { Description = "Every image that is mounted" };
        var force = new Option<bool>("--force", "-f") { Description = "Also while processes use it" };
        var flags = StoreFlags.Create();
        var command = new Command("unmount", "Unmount images that `ocid image mount` mounted") { what, all, force };
        command.Aliases.Add("umount");
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var names = parsed.GetValue(what) ?? [];
            if (names.Length > 0 == parsed.GetValue(all))
                throw new OcidException(ErrorKind.InvalidArgument, "image unmount: want either what to unmount, or --all");
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct).ConfigureAwait(false);
            var mounts = parsed.GetValue(all) ? images.Store.ImageMounts : await ChosenAsync(images, names, ct).ConfigureAwait(false);
            var failed = false;
            foreach (var mount in mounts)
                failed |= !await UnmountAsync(images.Store, mount, parsed.GetValue(force), context.Terminal, ct).ConfigureAwait(false);
            return failed ? ExitCode.Failed : ExitCode.Done;
        });
        return context.WithExamples(command, "ocid image unmount /mnt\nocid image unmount busybox\nocid image unmount --all");
    }

    private static async Task<IReadOnlyList<ImageMount>> ChosenAsync(LocalImages images, string[] names, CancellationToken ct)
    {
        var (mounts, chosen) = (images.Store.ImageMounts, new List<ImageMount>());
        foreach (var name in names)
        {
            var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(name));
            var found = mounts.Where(mount => mount.Path == path || mount.Id.Value.StartsWith(name, StringComparison.Ordinal)).ToList();
            if (found.Count == 0 && await images.Catalog.FindAsync(name, ct).ConfigureAwait(false) is { } image)
                found = [.. mounts.Where(mount => mount.ImageId == image.Id.Value)];
            if (found.Count == 0)
                throw new OcidException(ErrorKind.NotFound, $"image unmount {Quoted.Text(name)}: no image is mounted there, and none of this name");
            chosen.AddRange(found);
        }

        return [.. chosen.DistinctBy(mount => mount.Id)];
    }

    // One that is in use does not keep the others.
    private static async Task<bool> UnmountAsync(Store store, ImageMount mount, bool force, Terminal terminal, CancellationToken ct)
    {
        try
        {
            await store.UnmountImageAsync(mount.Id, force, ct).ConfigureAwait(false);
            terminal.Output.WriteLine(mount.Path);
            return true;
        }
        catch (OcidException failure)
        {
            terminal.Complain(failure.Message);
            return false;
        }
    }
}
