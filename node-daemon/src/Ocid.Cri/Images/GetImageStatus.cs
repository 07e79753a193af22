using Ocid.Images.Catalog;
using Ocid.Primitives;
using Ocid.Cri.Verbose;

namespace Ocid.Cri.Images;

/// <summary>One image, found by id, tag or digest. One that is not there is an empty answer, not an error.</summary>
internal sealed class GetImageStatus(ImageCatalog catalog, PinnedImages pinned)
    : ICall<V1.ImageStatusRequest, V1.ImageStatusResponse>
{
    public async Task<V1.ImageStatusResponse> HandleAsync(V1.ImageStatusRequest request, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(request.Image?.Image))
            throw new OcidException(ErrorKind.InvalidArgument, "image status: image.image is empty");

        var response = new V1.ImageStatusResponse();
        if (await catalog.FindAsync(request.Image.Image, ct).ConfigureAwait(false) is { } image)
        {
            response.Image = ImageMessages.Of(image, pinned.Now()(image));
            if (request.Verbose)
                response.Info.Add("info", VerboseInfo.Of(image.Config));
        }

        return response;
    }
}
