namespace Ocid.Operator.Merging;

/// <summary>What holds a content that a RuntimeConfig names.</summary>
internal enum ContentKind
{
    ConfigMap,
    Secret,
}
