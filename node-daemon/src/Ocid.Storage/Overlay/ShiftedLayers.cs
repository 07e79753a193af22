using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Linux.Namespaces;
using Ocid.Storage.Vfs;

namespace Ocid.Storage.Overlay;

/// <summary>
/// What the layers below a writable one show together, copied with the owners that a user namespace gives: for kernels and file systems that cannot map
/// owners themselves. It is kept in the writable layer's directory and goes with it.
/// </summary>
internal sealed class ShiftedLayers(StorePaths paths, LayerId id)
{
    private readonly string _relative = Path.Combine(id.Value, "shifted");

    public bool Exists => Directory.Exists(Path.Combine(paths.Home, _relative));

    /// <summary>Whether the kernel said that it, or the file system, cannot map owners.</summary>
    public static bool HelpAgainst(LinuxException refused) => refused.Errno is Errno.EINVAL or Errno.ENOSYS or Errno.EOPNOTSUPP or Errno.EPERM;

    /// <summary>Makes the copy unless it is there.</summary>
    /// <returns>Its path below the store's own place.</returns>
    public async Task<string> MakeAsync(IReadOnlyList<string> lower, PinnedUserNamespace users)
    {
        if (Exists)
            return _relative;
        var (seen, half) = (Path.Combine(paths.Home, id.Value, "merged"), Path.Combine(paths.Home, id.Value, "shifting"));
        TreeRemoval.Remove(half);
        Directory.CreateDirectory(half, OverlayModes.Private);
        // Of one directory there is no overlay without another to write to.
        if (lower is [var only])
        {
            await OwnThread.RunAsync(() => TreeCopy.Copy(Path.Combine(paths.Home, only), half, users));
        }
        else
        {
            await Mounts.OverlayAsync(new OverlayMount { Directory = paths.Home, Target = seen, Lower = lower, Flags = MountOptions.ReadOnly });
            try
            {
                await OwnThread.RunAsync(() => TreeCopy.Copy(seen, half, users));
            }
            finally
            {
                Mounts.Unmount(seen, detach: true);
            }
        }

        Directory.Move(half, Path.Combine(paths.Home, _relative));
        return _relative;
    }
}
