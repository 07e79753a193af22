using Ocid.Linux;

namespace Ocid.Storage;

/// <summary>
/// Room that is set aside on the store's file system, so that a full disk does not keep anybody from deleting: to delete is to write new
/// records first. It is given up when the disk is full, and taken back when something was deleted.
/// </summary>
/// <param name="path">The file that holds the room; no program on the store looks at it.</param>
internal sealed class DiskReserve(string path)
{
    private const int Size = 8 << 20;

    /// <summary>Runs a write that may be tried again, and if the disk is full gives up the reserve and does so.</summary>
    public void Run(Action write)
    {
        try
        {
            write();
        }
        catch (Exception full) when (FileSystems.IsFull(full) && Release())
        {
            write();
        }
    }

    /// <summary>Sets room aside where there is none and the disk has enough; a failure is no matter.</summary>
    public void Fill()
    {
        try
        {
            if (File.Exists(path) || FileSystems.Usage(Path.GetDirectoryName(path)!).AvailableBytes < 8L * Size)
                return;
            // Allocated as one, so that it is there or not; nobody reads it.
            using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.None, Size);
            RandomAccess.SetLength(file, Size);
        }
        catch (Exception unavailable) when (unavailable is IOException or UnauthorizedAccessException or LinuxException)
        {
            // The next start tries again.
        }
    }

    private bool Release()
    {
        if (!File.Exists(path))
            return false;
        File.Delete(path);
        return true;
    }
}
