namespace Ocid.Cluster.Entities;

/// <summary>How long each string of a list may be.</summary>
/// <param name="minimum">Its fewest characters.</param>
/// <param name="maximum">Its most characters.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemLengthAttribute(long minimum, long maximum) : Attribute
{
    /// <summary>The fewest characters.</summary>
    public long Minimum => minimum;

    /// <summary>The most characters.</summary>
    public long Maximum => maximum;
}
