using Ocid.Cri.Containers;
using Ocid.Cri.State;
using Ocid.Images.Catalog;
using Ocid.Storage;

namespace Ocid.Cri.Images;

/// <summary>
/// Which images the kubelet is told to keep when the disk is full: those that the configuration names, and, as the store is shared, those that another program
/// brought or runs a container of.
/// </summary>
internal sealed class PinnedImages(Store store, NodeSettingsInForce settings)
{
    /// <summary>As the settings and the store's containers are now.</summary>
    public Predicate<LocalImage> Now()
    {
        var (names, collectForeign) = (settings.Now.PinnedImages, settings.Now.CollectForeignImages);
        var foreignUse = store.Containers.Where(container => !StoredContainer.IsOurs(container)).Select(container => container.ImageId).ToHashSet();
        return image => image.RepoTags.Concat(image.RepoDigests).Any(name => names.Any(pattern => pattern.Matches(name)))
            || (!collectForeign && (!image.PulledOverCri || foreignUse.Contains(image.Id.Value)));
    }
}
