using System.ComponentModel;
using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>What is special about the images below a prefix.</summary>
public sealed class RegistryItem
{
    /// <summary>A host such as docker.io, a host and a path, or *.example.com for every host of a domain.</summary>
    [Required]
    [Length(1, 253)]
    [ValidationRule(Address.NoScheme, message: Address.WantNoScheme)]
    [ValidationRule(Address.Prefix, message: "want a host such as docker.io, a host and a path, or *.example.com")]
    public string Prefix { get; set; } = "";

    /// <summary>Where these images really are: a host or a host and a path. Absent: where their names say.</summary>
    [Length(1, 253)]
    [ValidationRule(Address.NoScheme, message: Address.WantNoScheme)]
    [ValidationRule(Address.Place, message: Address.WantPlace)]
    public string? Location { get; set; }

    /// <summary>These images are refused.</summary>
    [DefaultValue(false)]
    public bool Blocked { get; set; }

    /// <summary>Certificates are not checked, and plain HTTP is spoken where there is no TLS.</summary>
    [DefaultValue(false)]
    public bool Insecure { get; set; }

    /// <summary>Asked before the location, in this order.</summary>
    [Items(0, 8)]
    public IList<MirrorSpec>? Mirrors { get; set; }

    /// <summary>The certificate authorities of the endpoints above, as PEM.</summary>
    public ContentRef? CaRef { get; set; }

    /// <summary>The credentials for the endpoints above, as a Docker configuration.</summary>
    [ValidationRule("self.allowNodeWide", message: "allowNodeWide must be true: every pod of a node can pull with these credentials")]
    public CredentialsRef? CredentialsRef { get; set; }
}
