using Ocid.Cluster.Entities;

namespace Ocid.Operator.Merging;

/// <summary>A key of a Secret or a ConfigMap of the release's namespace.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Name">The object.</param>
/// <param name="Key">The key of its data.</param>
internal sealed record ContentReference(ContentKind Kind, string Name, string Key)
{
    public override string ToString() => $"{Kind} {Name}, key {Key}";
}
