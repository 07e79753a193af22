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
        try
        {
            await catalog.RemoveAsync(request.Image.Image, ct).ConfigureAwait(false);
        }
        catch (OcidException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            // What the caller wants; another call may have removed it at the same time.
        }

        return new V1.RemoveImageResponse();
    }
}
