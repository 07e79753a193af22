using System.CommandLine;
using Ocid.Storage;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid image mount</c>: lets people look into an image; without one, lists what is mounted.</summary>
internal static class ImageMountCommand
{
    private static readonly string[] s_headers = ["MOUNT ID", "IMAGE ID", "PATH", "STATE"];

    public static Command Create(CommandContext context)
    {
        var name = new Argument<string?>("IMAGE") { Description = "A name, an id, or the beginning of an id; none lists what is mounted", Arity = ArgumentArity.ZeroOrOne };
        var directory = new Argument<string?>("DIR") { Description = "An existing directory [default: a place of the store]", Arity = ArgumentArity.ZeroOrOne };
        var writable = new Option<bool>("--writable") { Description = "Let it be written to; what is written goes when it is unmounted" };
        var flags = StoreFlags.Create();
        var command = new Command("mount", "Mount an image, read-only, until `ocid image unmount`; print where") { name, directory, writable };
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct).ConfigureAwait(false);
            if (parsed.GetValue(name) is not { } text)
            {
                TextTable.Write(context.Terminal.Output, s_headers, images.Store.ImageMounts.Select(Line));
                return;
            }

            var image = await images.FindAsync(text, ct).ConfigureAwait(false);
            var request = new ImageMountRequest { Directory = parsed.GetValue(directory) is { } place ? Path.GetFullPath(place) : null, Writable = parsed.GetValue(writable) };
            context.Terminal.Output.WriteLine((await images.Store.MountImageAsync(image.Id, request, ct).ConfigureAwait(false)).Path);
        });
        return context.WithExamples(
            command,
            "ocid image mount docker.io/library/busybox\nocid image mount busybox /mnt\nocid image mount",
            "A mount is a container in the store: no tool removes the image, unless forced, while it is there. After a reboot, mount it again or unmount it.");
    }

    private static IReadOnlyList<string> Line(ImageMount mount) =>
    [
        HumanText.ShortId(mount.Id.Value), HumanText.ShortId(mount.ImageId), mount.Path, (mount.Mounted ? "" : "not mounted, ") + (mount.Writable ? "writable" : "read-only"),
    ];
}
