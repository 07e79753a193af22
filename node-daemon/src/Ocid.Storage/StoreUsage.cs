using Ocid.Linux;

namespace Ocid.Storage;

/// <summary>What a store takes.</summary>
/// <param name="Images">Its images' layers.</param>
/// <param name="Containers">What its containers wrote.</param>
/// <param name="FileSystem">The file system that holds it.</param>
public sealed record StoreUsage(KindUsage Images, KindUsage Containers, FileSystemUsage FileSystem);
