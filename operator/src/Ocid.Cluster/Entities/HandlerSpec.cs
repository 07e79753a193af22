using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>An OCI runtime.</summary>
public sealed class HandlerSpec
{
    /// <summary>Its name.</summary>
    [Required]
    [Length(1, 63)]
    [Pattern(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")]
    public string Name { get; set; } = "";

    /// <summary>The absolute path of its program; absent: the node finds it.</summary>
    [Length(2, 512)]
    [ValidationRule("self.startsWith('/') && !self.contains('/../')", message: "want an absolute path without '..'")]
    public string? Program { get; set; }
}
