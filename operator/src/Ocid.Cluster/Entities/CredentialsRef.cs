using System.ComponentModel;
using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>A key of a Secret in the operator's namespace that holds a Docker configuration.</summary>
public sealed class CredentialsRef
{
    /// <summary>The Secret's name.</summary>
    [Required]
    [Length(1, 253)]
    [Pattern(@"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")]
    public string Name { get; set; } = "";

    /// <summary>The key of its data.</summary>
    [Length(1, 253)]
    [Pattern(@"^[-._a-zA-Z0-9]+$")]
    [DefaultValue(".dockerconfigjson")]
    public string Key { get; set; } = ".dockerconfigjson";

    /// <summary>Must be true: says that it is known that every pod of a node can pull with these credentials.</summary>
    [DefaultValue(false)]
    public bool AllowNodeWide { get; set; }
}
