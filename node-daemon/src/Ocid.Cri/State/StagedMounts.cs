using Ocid.Linux;
using Ocid.Linux.Mounting;

namespace Ocid.Cri.State;

/// <summary>
/// What is mounted on the host for one container (or for a pod's first process) before its runtime sees it, each at a name of its own in one directory.
/// Nothing here is ever deleted by going down into it: what is mounted may be a user's volume.
/// </summary>
/// <param name="directory">The container's directory; its parents let users of other ids pass, as those of a user namespace must.</param>
internal sealed class StagedMounts(string directory)
{
    private const UnixFileMode Passable = FileModes.OwnerOnlyDirectory | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Where the mounts are.</summary>
    public string Path => directory;

    /// <summary>Something to mount on: an empty directory, or an empty file.</summary>
    public string Prepare(string name, bool file = false)
    {
        var parent = System.IO.Path.GetDirectoryName(directory)!;
        foreach (var passable in (string[])[System.IO.Path.GetDirectoryName(parent)!, parent, directory])
        {
            Directory.CreateDirectory(passable, Passable);
            File.SetUnixFileMode(passable, File.GetUnixFileMode(passable) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        var target = System.IO.Path.Combine(directory, name);
        if (file)
            File.WriteAllBytes(target, []);
        else
            Directory.CreateDirectory(target, Passable);
        return target;
    }

    /// <summary>Unmounts all of it, and removes what it was mounted on. Nothing there is no error. Blocks for a moment.</summary>
    /// <exception cref="LinuxException">Something cannot be unmounted.</exception>
    public void Remove()
    {
        if (!Directory.Exists(directory))
            return;
        foreach (var target in Directory.GetFileSystemEntries(directory))
        {
            while (Mounts.Unmount(target, detach: true))
            {
            }

            // Neither goes down into what is there.
            if (Directory.Exists(target))
                Directory.Delete(target);
            else
                File.Delete(target);
        }

        Directory.Delete(directory);
    }
}
