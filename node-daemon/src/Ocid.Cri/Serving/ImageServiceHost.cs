using Grpc.Core;
using Ocid.Cri.V1;

namespace Ocid.Cri.Serving;

/// <summary>Forwards each gRPC method about images to its <see cref="CriCalls">call</see>.</summary>
internal sealed class ImageServiceHost(CriCalls calls) : ImageService.ImageServiceBase
{
    public override Task<ListImagesResponse> ListImages(ListImagesRequest request, ServerCallContext context) =>
        calls.AnswerAsync<ListImagesRequest, ListImagesResponse>(request, context);

    public override Task StreamImages(
        StreamImagesRequest request, IServerStreamWriter<StreamImagesResponse> responseStream, ServerCallContext context) =>
        calls.StreamAsync(request, responseStream, context);

    public override Task<ImageStatusResponse> ImageStatus(ImageStatusRequest request, ServerCallContext context) =>
        calls.AnswerAsync<ImageStatusRequest, ImageStatusResponse>(request, context);

    public override Task<PullImageResponse> PullImage(PullImageRequest request, ServerCallContext context) =>
        calls.AnswerAsync<PullImageRequest, PullImageResponse>(request, context);

    public override Task<RemoveImageResponse> RemoveImage(RemoveImageRequest request, ServerCallContext context) =>
        calls.AnswerAsync<RemoveImageRequest, RemoveImageResponse>(request, context);

    public override Task<ImageFsInfoResponse> ImageFsInfo(ImageFsInfoRequest request, ServerCallContext context) =>
        calls.AnswerAsync<ImageFsInfoRequest, ImageFsInfoResponse>(request, context);
}
