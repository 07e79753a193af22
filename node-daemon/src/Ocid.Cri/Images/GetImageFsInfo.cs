using Ocid.Cri.State;
using Ocid.Storage;

namespace Ocid.Cri.Images;

/// <summary>The disk under images and containers: one store, one file system.</summary>
internal sealed class GetImageFsInfo(Store store, ThisNode node)
    : ICall<V1.ImageFsInfoRequest, V1.ImageFsInfoResponse>
{
    public async Task<V1.ImageFsInfoResponse> HandleAsync(V1.ImageFsInfoRequest request, CancellationToken ct)
    {
        var usage = await store.UsageAsync(ct).ConfigureAwait(false);
        var message = new V1.FilesystemUsage
        {
            Timestamp = node.Time.NowNanoseconds(),
            FsId = new V1.FilesystemIdentifier { Mountpoint = usage.Path },
            UsedBytes = new V1.UInt64Value { Value = (ulong)usage.Bytes },
            InodesUsed = new V1.UInt64Value { Value = (ulong)usage.Inodes },
        };
        return new V1.ImageFsInfoResponse { ImageFilesystems = { message }, ContainerFilesystems = { message } };
    }
}
