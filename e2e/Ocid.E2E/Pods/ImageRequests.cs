using Ocid.Cri.V1;
using Ocid.E2E.Nodes;

namespace Ocid.E2E.Pods;

public static class ImageRequests
{
    public static async Task<string> PullAsync(this TestNode node, string image) =>
        (await node.Images.PullImageAsync(new PullImageRequest { Image = new ImageSpec { Image = image } })).ImageRef;

    public static async Task RemoveImageAsync(this TestNode node, string image) =>
        await node.Images.RemoveImageAsync(new RemoveImageRequest { Image = new ImageSpec { Image = image } });

    public static async Task<IReadOnlyList<Image>> ListImagesAsync(this TestNode node) =>
        [.. (await node.Images.ListImagesAsync(new ListImagesRequest())).Images];
}
