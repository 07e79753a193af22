namespace Ocid.Storage;

/// <summary>What the images, or the containers, of a store take.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Active">How many of them are in use: images that a container has, containers that are mounted.</param>
/// <param name="Bytes">What they take; what several share counts once.</param>
/// <param name="Reclaimable">What of it would be free if all that are not in use went.</param>
public sealed record KindUsage(int Total, int Active, long Bytes, long Reclaimable);
