namespace Ocid.Storage.Archive;

/// <summary>One file of a layer that is not on disk as the layer's archive has it.</summary>
/// <param name="Kind">How.</param>
/// <param name="Path">Which, from the layer's root, with a leading slash; what is not UTF-8 in it is replaced.</param>
/// <param name="Detail">What exactly, for people.</param>
public sealed record LayerDifference(DifferenceKind Kind, string Path, string Detail);
