using Ocid.Images.Catalog;

namespace Ocid.Cri.Images;

/// <summary>The images in the store, or the one that a filter names.</summary>
internal sealed class ListImages(ImageCatalog catalog)
    : ICall<V1.ListImagesRequest, V1.ListImagesResponse>
{
    public Task<V1.ListImagesResponse> HandleAsync(V1.ListImagesRequest request, CancellationToken ct)
    {
        var response = new V1.ListImagesResponse();
        var asked = request.Filter?.Image?.Image;
        var images = string.IsNullOrEmpty(asked) ? catalog.List() : catalog.Find(asked) is { } found ? [found] : [];
        response.Images.AddRange(images.Select(ImageMessages.Of));
        return Task.FromResult(response);
    }
}
