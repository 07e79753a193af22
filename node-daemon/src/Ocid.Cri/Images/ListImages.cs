using Ocid.Images.Catalog;

namespace Ocid.Cri.Images;

/// <summary>The images in the store, or the one that a filter names.</summary>
internal sealed class ListImages(ImageCatalog catalog, PinnedImages pinned)
    : ICall<V1.ListImagesRequest, V1.ListImagesResponse>
{
    public async Task<V1.ListImagesResponse> HandleAsync(V1.ListImagesRequest request, CancellationToken ct) =>
        new() { Images = { await MatchingAsync(request.Filter, ct).ConfigureAwait(false) } };

    public async Task<IEnumerable<V1.Image>> MatchingAsync(V1.ImageFilter? filter, CancellationToken ct)
    {
        var asked = filter?.Image?.Image;
        IReadOnlyList<LocalImage> images = string.IsNullOrEmpty(asked)
            ? await catalog.ListAsync(ct).ConfigureAwait(false)
            : await catalog.FindAsync(asked, ct).ConfigureAwait(false) is { } found ? [found] : [];
        var isPinned = pinned.Now();
        return images.Select(image => ImageMessages.Of(image, isPinned(image)));
    }
}
