using Ocid.Images.Pulling;
using Ocid.Primitives;

namespace Ocid.Cri.Images;

/// <summary>Pulls an image into the store; image_ref is its id, the same that containers and lists name.</summary>
internal sealed class PullImage(ImagePuller puller, ImagePullDefaults defaults)
    : ICall<V1.PullImageRequest, V1.PullImageResponse>
{
    public async Task<V1.PullImageResponse> HandleAsync(V1.PullImageRequest request, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(request.Image?.Image))
            throw new OcidException(ErrorKind.InvalidArgument, "pull image: image.image is empty");

        var reference = ImageReference.Parse(request.Image.Image).WithDefaultTag();
        var options = new PullOptions { Credentials = Credentials.From(request.Auth), TlsVerify = !defaults.IsInsecure(reference) };
        var pulled = await puller.PullAsync(reference, options, progress: null, ct).ConfigureAwait(false);
        return new V1.PullImageResponse { ImageRef = pulled.Id.Value };
    }
}
