using Ocid.Primitives;

namespace Ocid.Operator.Merging;

/// <summary>An image without which a node could not be changed any more.</summary>
/// <param name="Role">Who runs it: the agent, the operator, the canary.</param>
/// <param name="Reference">The image.</param>
/// <param name="Namespace">The Kubernetes namespace of its pods.</param>
internal sealed record ProtectedImage(string Role, ImageReference Reference, string Namespace);
