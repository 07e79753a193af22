using Ocid.Primitives;

namespace Ocid.Images.Registries;

/// <summary>What registries.conf and its drop-ins say.</summary>
internal sealed class RegistryList(IReadOnlyList<string> insecureHosts)
{
    /// <summary>Where to ask for an image, in this order.</summary>
    /// <exception cref="OcidException">PermissionDenied: its registry is blocked.</exception>
    public IReadOnlyList<PullEndpoint> EndpointsOf(ImageReference reference) =>
        [new PullEndpoint(reference, insecureHosts.Contains(reference.Domain, StringComparer.Ordinal), IsMirror: false)];
}
