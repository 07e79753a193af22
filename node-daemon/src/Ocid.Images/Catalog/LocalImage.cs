using Ocid.Images.Configuration;
using Ocid.Primitives;

namespace Ocid.Images.Catalog;

/// <summary>An image of the store.</summary>
/// <param name="Id">The digest of its configuration.</param>
/// <param name="RepoTags">Its names with a tag.</param>
/// <param name="RepoDigests">Its names with the digest of a manifest.</param>
/// <param name="Size">Bytes of its layers, uncompressed, and of its records.</param>
/// <param name="Config">Its configuration.</param>
/// <param name="PulledOverCri">Whether the kubelet asked for it: what another program brought is not its to remove.</param>
/// <param name="Created">When its builder says that it was made, or else when it came into the store.</param>
public sealed record LocalImage(
    ImageId Id,
    IReadOnlyList<string> RepoTags,
    IReadOnlyList<string> RepoDigests,
    long Size,
    ImageConfig Config,
    bool PulledOverCri,
    DateTimeOffset? Created)
{
    /// <summary>The record's mark of <see cref="PulledOverCri"/>.</summary>
    internal const string CriFlag = "ocid-cri";
}
