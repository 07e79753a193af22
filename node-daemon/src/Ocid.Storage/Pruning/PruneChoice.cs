using Ocid.Primitives;

namespace Ocid.Storage.Pruning;

/// <summary>Chooses by a policy, the oldest first.</summary>
internal static class PruneChoice
{
    public static IReadOnlyList<PruneCandidate> Of(
        PrunePolicy policy, IReadOnlyList<ImageRecord> images, IReadOnlyList<ContainerRecord> containers, Func<LayerId, LayerRecord?> layer, DateTimeOffset now)
    {
        var used = containers.Select(container => container.ImageId).ToHashSet(StringComparer.Ordinal);
        return [.. images.Where(image => image.ReadOnlyStore is null && !used.Contains(image.Id) && (policy.Named || image.Names.Count == 0))
            .Select(image => ImageId.TryParse(image.Id, out var id) ? new PruneCandidate(id, image.Names, Came(image, layer)) : null).OfType<PruneCandidate>()
            .Where(image => now - image.Came >= policy.OlderThan)
            .OrderBy(image => image.Came)];
    }

    // An image's own date is its builder's: years ago for one that was pulled a minute ago.
    private static DateTimeOffset Came(ImageRecord image, Func<LayerId, LayerRecord?> layer) =>
        (image.TopLayer is { } top ? layer(top)?.Created : null) ?? image.Created ?? DateTimeOffset.MinValue;
}
