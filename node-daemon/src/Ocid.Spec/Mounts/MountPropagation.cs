namespace Ocid.Spec.Mounts;

/// <summary>Which mounts made later are seen on the other side of a bind mount.</summary>
public enum MountPropagation
{
    /// <summary>None.</summary>
    Private,

    /// <summary>The host's appear in the container.</summary>
    HostToContainer,

    /// <summary>Both ways.</summary>
    Bidirectional,
}
