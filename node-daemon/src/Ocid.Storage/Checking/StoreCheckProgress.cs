namespace Ocid.Storage.Checking;

/// <summary>How far a check is.</summary>
/// <param name="Done">Layers whose content was compared.</param>
/// <param name="Total">Layers to compare.</param>
/// <param name="Bytes">Content that was read.</param>
/// <param name="TotalBytes">Content to read.</param>
public sealed record StoreCheckProgress(int Done, int Total, long Bytes, long TotalBytes);
