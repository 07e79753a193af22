using Ocid.Cri.Metrics;
using Ocid.Images.Pulling;
using Ocid.Primitives;

namespace Ocid.Cri.Images;

/// <summary>Pulls an image into the store; image_ref is its id, the same that containers and lists name.</summary>
internal sealed class PullImage(ImagePuller puller, PullMetrics metrics, TimeProvider time)
    : ICall<V1.PullImageRequest, V1.PullImageResponse>
{
    public async Task<V1.PullImageResponse> HandleAsync(V1.PullImageRequest request, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(request.Image?.Image))
            throw new OcidException(ErrorKind.InvalidArgument, "pull image: image.image is empty");

        var options = new PullOptions { Credentials = Credentials.From(request.Auth), Namespace = request.SandboxConfig?.Metadata?.Namespace, ForCri = true };
        var pulled = await CountedAsync(request.Image.Image, options, ct).ConfigureAwait(false);
        return new V1.PullImageResponse { ImageRef = pulled.Id.Value };
    }

    private async Task<PulledImage> CountedAsync(string name, PullOptions options, CancellationToken ct)
    {
        using var running = metrics.Started();
        var started = time.GetTimestamp();
        try
        {
            var pulled = await puller.PullAsync(name, options, null, ct).ConfigureAwait(false);
            metrics.Succeeded(time.GetElapsedTime(started));
            return pulled;
        }
        catch (OcidException failed)
        {
            metrics.Failed(failed.Kind);
            throw;
        }
    }
}
