namespace Ocid.Operator.Manifests;

/// <summary>When an image's record is written, by these names.</summary>
internal enum Durability
{
    Syncfs,
    None,
}
