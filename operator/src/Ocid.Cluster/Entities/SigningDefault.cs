namespace Ocid.Cluster.Entities;

/// <summary>What becomes of images that no policy speaks of.</summary>
public enum SigningDefault
{
    /// <summary>They are accepted.</summary>
    InsecureAcceptAnything,

    /// <summary>They are refused.</summary>
    Reject,
}
