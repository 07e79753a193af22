namespace Ocid.Cluster.Entities;

/// <summary>The items of a list are told apart by this member: no two have the same, and server-side apply merges by it.</summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy</remarks>
/// <param name="key">The member, by its name on the wire.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ListMapKeyAttribute(string key) : Attribute
{
    /// <summary>The member's name on the wire.</summary>
    public string Key => key;
}
