using System.ComponentModel;
using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>A key of a Secret or a ConfigMap in the operator's namespace.</summary>
public sealed class ContentRef
{
    /// <summary>Which of the two.</summary>
    [DefaultValue(ContentKind.ConfigMap)]
    public ContentKind Kind { get; set; }

    /// <summary>The object's name.</summary>
    [Required]
    [Length(1, 253)]
    [Pattern(@"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")]
    public string Name { get; set; } = "";

    /// <summary>The key of its data.</summary>
    [Required]
    [Length(1, 253)]
    [Pattern(@"^[-._a-zA-Z0-9]+$")]
    public string Key { get; set; } = "";
}
