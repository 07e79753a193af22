using Ocid.Cluster.Entities;

namespace Ocid.Operator.Controllers;

/// <summary>Who asked for a node's release: the operator takes back only what it asked for itself.</summary>
internal static class ReleaseMark
{
    /// <summary>On a RuntimeNode: who released it.</summary>
    public const string Annotation = "ocid.dev/released-by";

    /// <summary>The operator, because no RuntimeConfig matched the node.</summary>
    public const string Operator = "operator";

    /// <summary>The whole release is going: on the ConfigMap <see cref="ConfigMap"/>, where nothing is written any more once it is there.</summary>
    public const string Releasing = "ocid.dev/releasing";

    /// <summary>The chart's own ConfigMap in the release's namespace, which goes with it.</summary>
    public const string ConfigMap = "ocid-operator";

    public static bool IsOurs(RuntimeNode node) => node.Metadata.Annotations?.TryGetValue(Annotation, out var by) == true && by == Operator;
}
