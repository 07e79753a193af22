using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Images.Live;

/// <summary>What changes of a file, or of a directory's list, when it is written or replaced.</summary>
internal sealed record FileStamp(DeviceNumber Device, ulong Inode, long Size, UnixTime Modified, UnixTime Changed)
{
    // Several ticks of the kernel's coarse clock: what is written twice within one has the same times.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    /// <summary>The file at a path now; null where none can be reached.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            return HostPath.Status(path) is { } s ? new FileStamp(s.Device, s.Inode, s.Size, s.Modified, s.Changed) : null;
        }
        catch (OcidException) // reading it says why
        {
            return null;
        }
    }

    /// <summary>Whether a change right after this stamp could bear the same one.</summary>
    public bool IsYoung(DateTimeOffset taken) =>
        (taken - DateTimeOffset.FromUnixTimeSeconds(Changed.Seconds).AddTicks(Changed.Nanoseconds / TimeSpan.NanosecondsPerTick)).Duration() < Tick;
}
