namespace Ocid.Storage;

/// <summary>What part of the store takes on its file system.</summary>
/// <param name="Path">The directory measured: the store's root, or a writable layer.</param>
/// <param name="Bytes">The bytes in use.</param>
/// <param name="Inodes">The inodes in use.</param>
public sealed record StorageUsage(string Path, long Bytes, long Inodes);
