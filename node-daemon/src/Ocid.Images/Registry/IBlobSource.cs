using Ocid.Images.Manifests;

namespace Ocid.Images.Registry;

/// <summary>Gives blobs: one repository, or all the endpoints of an image, one behind the other.</summary>
internal interface IBlobSource
{
    /// <inheritdoc cref="RegistryClient.OpenBlobAsync(Descriptor, long, CancellationToken)"/>
    Task<HttpResponseMessage> OpenBlobAsync(Descriptor blob, long offset, CancellationToken ct);

    /// <inheritdoc cref="RegistryClient.OpenBlobAsync(Descriptor, long, long, CancellationToken)"/>
    Task<HttpResponseMessage> OpenBlobAsync(Descriptor blob, long offset, long length, CancellationToken ct);
}
