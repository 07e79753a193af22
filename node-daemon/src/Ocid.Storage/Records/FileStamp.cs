using Ocid.Linux;

namespace Ocid.Storage.Records;

/// <summary>What a look at a record file without its lock, and without reading it, tells about whether it was written: every writer renames a new file into place.</summary>
internal readonly record struct FileStamp(ulong Inode, long Length, UnixTime Changed)
{
    // The kernel's clock for files may stand still for so long: a name may change hands twice within it, and the inode come round again.
    private const long Settling = 50_000_000;

    public static FileStamp Of(string path) => FileStatus.Of(path) is { } file ? new FileStamp(file.Inode, file.Size, file.Changed) : default;

    /// <summary>Whether content that is read now can no longer be followed by another with the same stamp.</summary>
    public bool IsSettled
    {
        get
        {
            var now = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
            return now - (Changed.Seconds * 1_000_000_000) - Changed.Nanoseconds > Settling;
        }
    }
}
