using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>A registry that does not do its work now, and may later.</summary>
/// <param name="message">What failed; the kubelet looks for its beginning.</param>
/// <param name="retryAfter">When the registry wants to be asked again, where it says so.</param>
/// <param name="inner">The cause, where there is one.</param>
internal sealed class RegistryUnavailableException(string message, TimeSpan? retryAfter = null, Exception? inner = null)
    : OcidException(ErrorKind.Unavailable, "RegistryUnavailable: " + message, inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
