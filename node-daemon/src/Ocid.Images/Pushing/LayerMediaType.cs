using Ocid.Images.Manifests;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Pushing;

/// <summary>The media types of layers by format and compression.</summary>
internal static class LayerMediaType
{
    /// <exception cref="OcidException">InvalidArgument: the format has no such compression.</exception>
    public static string Of(ManifestFormat format, LayerCompression compression) => (format, compression) switch
    {
        (ManifestFormat.Oci, LayerCompression.None) => "application/vnd.oci.image.layer.v1.tar",
        (ManifestFormat.Oci, LayerCompression.Gzip) => "application/vnd.oci.image.layer.v1.tar+gzip",
        (ManifestFormat.Oci, LayerCompression.Zstd) => "application/vnd.oci.image.layer.v1.tar+zstd",
        (ManifestFormat.DockerV2S2, LayerCompression.None) => "application/vnd.docker.image.rootfs.diff.tar",
        (ManifestFormat.DockerV2S2, LayerCompression.Gzip) => "application/vnd.docker.image.rootfs.diff.tar.gzip",
        (ManifestFormat.DockerV2S2, LayerCompression.Zstd) => throw new OcidException(ErrorKind.InvalidArgument, "a v2s2 manifest has no zstd layers: use the format oci"),
        _ => throw new OcidException(ErrorKind.InvalidArgument, $"layers cannot be pushed with the compression {compression}"),
    };

    /// <summary>What the layer's type says of its compression; null for a kind of layer that we do not make.</summary>
    public static LayerCompression? CompressionOf(string mediaType) => mediaType switch
    {
        "application/vnd.oci.image.layer.v1.tar" or "application/vnd.docker.image.rootfs.diff.tar" => LayerCompression.None,
        "application/vnd.oci.image.layer.v1.tar+gzip" or "application/vnd.docker.image.rootfs.diff.tar.gzip" => LayerCompression.Gzip,
        "application/vnd.oci.image.layer.v1.tar+zstd" => LayerCompression.Zstd,
        _ => null,
    };

    public static ManifestFormat FormatOf(string manifestMediaType) => manifestMediaType == MediaTypes.OciManifest ? ManifestFormat.Oci : ManifestFormat.DockerV2S2;
}
