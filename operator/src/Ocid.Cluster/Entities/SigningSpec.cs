using System.ComponentModel;
using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>Which images may be pulled, by their signatures.</summary>
public sealed class SigningSpec
{
    /// <summary>What becomes of images that no policy speaks of.</summary>
    public SigningDefault? Default { get; set; }

    /// <summary>A RuntimeConfig of a lower priority may tighten this, and never loosen it.</summary>
    [DefaultValue(false)]
    public bool Enforced { get; set; }

    /// <summary>What the images of some scopes have to be signed with.</summary>
    [Items(0, 32)]
    [ListMapKey("name")]
    public IList<SigningPolicySpec>? Policies { get; set; }
}
