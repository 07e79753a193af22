using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>A public key: in place, or where it is.</summary>
public sealed class PublicKeyTrust
{
    /// <summary>The key, as PEM.</summary>
    [Length(1, 8192)]
    [ValidationRule("self.startsWith('-----BEGIN PUBLIC KEY-----')", message: "want a public key as PEM")]
    public string? KeyData { get; set; }

    /// <summary>Where it is.</summary>
    public KeyRef? KeyRef { get; set; }
}
