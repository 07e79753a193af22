using System.Runtime.InteropServices;

namespace Ocid.Linux;

// The uses of sched.h and sys/mount.h behind HiddenMount.
internal static partial class Libc
{
    private const int CloneNewMounts = 0x20000;
    private const nuint MakePrivate = 1 << 18;
    private const int Detach = 2;

    [LibraryImport(Library, EntryPoint = "unshare", SetLastError = true)]
    private static partial int unshare_raw(int flags);

    [LibraryImport(Library, EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mount_raw(string? source, string target, string? type, nuint flags, string? data);

    [LibraryImport(Library, EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int umount2_raw(string target, int flags);

    internal static int unshare_mounts() => unshare_raw(CloneNewMounts);

    internal static int make_private(string mountPoint) => mount_raw(null, mountPoint, null, MakePrivate, null);

    internal static int detach(string mountPoint) => umount2_raw(mountPoint, Detach);
}
