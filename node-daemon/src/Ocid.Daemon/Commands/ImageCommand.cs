using System.CommandLine;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid image</c>: verbs about images that are not everyday's.</summary>
internal static class ImageCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("image", "Look after the images of this node's store") 
        {
            ImageMountCommand.Create(context),
            ImageUnmountCommand.Create(context),
            RmiCommand.Create(context, "rm"),
            ImageVerifyCommand.Create(context),
        };
        return context.WithExamples(command, "ocid image mount docker.io/library/busybox /mnt\nocid image verify --all\nocid image verify --running --output json");
    }
}
