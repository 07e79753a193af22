using Ocid.Primitives;

namespace Ocid.Cri.Images;

/// <summary>How this node pulls where a request does not say.</summary>
/// <param name="InsecureRegistries">Registry hosts, with their port, that are spoken to without checking TLS, or without TLS.</param>
public sealed record ImagePullDefaults(IReadOnlyList<string> InsecureRegistries)
{
    internal bool IsInsecure(ImageReference reference) => InsecureRegistries.Contains(reference.Domain, StringComparer.Ordinal);
}
