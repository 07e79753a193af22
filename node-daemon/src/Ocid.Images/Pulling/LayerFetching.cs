using Ocid.Storage.Archive;

namespace Ocid.Images.Pulling;

/// <summary>What the pulls of one puller have in common.</summary>
/// <param name="Layers">The layers that they fetch.</param>
/// <param name="Turns">How many at once.</param>
/// <param name="Limits">What a layer may cost.</param>
internal sealed record LayerFetching(LayersInProgress Layers, SemaphoreSlim Turns, ExtractionLimits Limits)
{
    /// <summary>Of all pulls together: each has a connection, three threads and about three megabytes, or sixteen while it comes in ranges.</summary>
    public const int ParallelLayers = 6;

    public GzipEngine Gzip { get; init; }

    public BlobTransfer Transfer { get; init; } = new();
}
