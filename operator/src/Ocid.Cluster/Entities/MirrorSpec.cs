using System.ComponentModel;
using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>A registry that has the same images.</summary>
public sealed class MirrorSpec
{
    /// <summary>A host or a host and a path.</summary>
    [Required]
    [Length(1, 253)]
    [ValidationRule(Address.NoScheme, message: Address.WantNoScheme)]
    [ValidationRule(Address.Place, message: Address.WantPlace)]
    public string Location { get; set; } = "";

    /// <summary>What the mirror may be asked for: everything, or only images named by digest, or only by tag.</summary>
    [DefaultValue(MirrorPull.All)]
    public MirrorPull Pull { get; set; }

    /// <summary>Certificates are not checked, and plain HTTP is spoken where there is no TLS.</summary>
    [DefaultValue(false)]
    public bool Insecure { get; set; }
}
