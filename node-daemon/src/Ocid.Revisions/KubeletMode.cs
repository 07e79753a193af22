namespace Ocid.Revisions;

/// <summary>What becomes of the kubelet's choice of runtime.</summary>
public enum KubeletMode
{
    /// <summary>It keeps the runtime that it has.</summary>
    Keep,

    /// <summary>It is switched to ocid.</summary>
    Switch,
}
