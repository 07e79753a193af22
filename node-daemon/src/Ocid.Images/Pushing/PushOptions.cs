using Ocid.Images.Registry;
using Ocid.Storage;

namespace Ocid.Images.Pushing;

/// <summary>How to push an image.</summary>
public sealed record PushOptions
{
    /// <summary>For the destination's registry; without, those that the node knows.</summary>
    public RegistryCredentials? Credentials { get; init; }

    /// <summary>False takes any certificate, and plain HTTP where the registry does not speak TLS; true insists; null leaves it to registries.conf.</summary>
    public bool? TlsVerify { get; init; }

    /// <summary>The kind of manifest; null keeps that of the image.</summary>
    public ManifestFormat? Format { get; init; }

    /// <summary>
    /// Gzip or Zstd: what every layer is to be compressed with, also those that came, or are there, otherwise. Null leaves those as they are, and takes gzip for what has to be made.
    /// </summary>
    public LayerCompression? Compression { get; init; }

    /// <summary>How hard to compress what has to be made: gzip from 1 to 9, zstd from 1 to 20; null as their programs do.</summary>
    public int? CompressionLevel { get; init; }
}
