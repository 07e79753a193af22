using Ocid.Primitives;

namespace Ocid.Images.Registries;

/// <summary>One place to ask for an image.</summary>
/// <param name="Reference">What to ask that host for: rewritten, where registries.conf says so.</param>
/// <param name="Insecure">Whether its certificate is not checked, and plain HTTP is taken where it does not speak TLS.</param>
/// <param name="IsMirror">False for the last one, the image's own location.</param>
internal sealed record PullEndpoint(ImageReference Reference, bool Insecure, bool IsMirror);
