namespace Ocid.Linux;

/// <summary>What a file system holds, as statfs(2) tells it.</summary>
/// <param name="Type">The magic number of its type.</param>
/// <param name="TotalBytes">Its size.</param>
/// <param name="FreeBytes">What is free, the reserve for root included.</param>
/// <param name="AvailableBytes">What an unprivileged process may still write.</param>
/// <param name="TotalInodes">Its inodes, zero where there is no such limit.</param>
/// <param name="FreeInodes">Its free inodes.</param>
public sealed record FileSystemUsage(long Type, ulong TotalBytes, ulong FreeBytes, ulong AvailableBytes, ulong TotalInodes, ulong FreeInodes)
{
    /// <summary>The bytes in use.</summary>
    public ulong UsedBytes => TotalBytes - FreeBytes;

    /// <summary>The inodes in use.</summary>
    public ulong UsedInodes => TotalInodes - FreeInodes;
}
