using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Linux.Namespaces;
using Ocid.Primitives;

namespace Ocid.Networking;

/// <summary>
/// Network namespaces of pods whose DEL is still due. The pod's removal goes on and takes its pin away, but some plugins (bridge, for
/// its masquerading rules) look into the namespace to know what to take back: a second pin keeps it for them, whatever becomes of this process.
/// </summary>
/// <param name="directory">Where these pins are, each named after its sandbox.</param>
internal sealed class HeldNamespaces(string directory)
{
    public void MakeDirectory() => Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>The CNI_NETNS for a sandbox: the held one, else the pin, else empty.</summary>
    public string PathOf(PodSandboxId id, string? pin) => IsHeld(id) ? Path(id) : File.Exists(pin) ? pin : "";

    /// <summary>Keeps the namespace from now on, if its pin is still there.</summary>
    public void Hold(PodSandboxId id, string? pin)
    {
        if (!File.Exists(pin) || IsHeld(id))
            return;
        try
        {
            File.WriteAllBytes(Path(id), []);
            Mounts.Bind(pin, Path(id));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LinuxException)
        {
            // Gone, as after a reboot, and with it what would be taken back; or a full /run: the plugins do what they can without.
        }
    }

    public void Release(PodSandboxId id)
    {
        if (File.Exists(Path(id)))
            NamespacePins.Remove(Path(id));
    }

    private bool IsHeld(PodSandboxId id) => File.Exists(Path(id)) && MountTable.IsMountPoint(Path(id));

    private string Path(PodSandboxId id) => System.IO.Path.Combine(directory, id.Value);
}
