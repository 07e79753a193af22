using Ocid.Images.Catalog;
using Ocid.Primitives;

namespace Ocid.Cri.Images;

/// <summary>Removes an image with all its names. One that is not there is no error.</summary>
internal sealed class RemoveImage(ImageCatalog catalog)
    : ICall<V1.RemoveImageRequest, V1.RemoveImageResponse>
{
    public async Task<V1.RemoveImageResponse> HandleAsync(V1.RemoveImageRequest request, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(request.Image?.Image))
            throw new OcidException(ErrorKind.InvalidArgument, "remove image: image.image is empty");
        if (await catalog.FindAsync(request.Image.Image, ct).ConfigureAwait(false) is not null)
            await catalog.RemoveAsync(request.Image.Image, ct).ConfigureAwait(false);
        return new V1.RemoveImageResponse();
    }
}
