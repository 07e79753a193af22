namespace Ocid.Cluster.Testing.Objects;

/// <summary>A write: what was, and what is.</summary>
internal sealed record Transition(long Version, StoredObject? Before, StoredObject? After)
{
    public StoredObject Either => (After ?? Before)!;
}
