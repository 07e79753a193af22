using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>A GPG key ring: in place, or where it is.</summary>
public sealed class GpgTrust
{
    /// <summary>The armoured public keys.</summary>
    [Length(1, 65536)]
    [ValidationRule("self.startsWith('-----BEGIN PGP PUBLIC KEY BLOCK-----')", message: "want armoured public keys")]
    public string? KeyRing { get; set; }

    /// <summary>Where they are.</summary>
    public KeyRef? KeyRingRef { get; set; }
}
