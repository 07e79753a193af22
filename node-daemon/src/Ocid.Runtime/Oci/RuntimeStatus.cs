namespace Ocid.Runtime.Oci;

/// <summary>Where a container is in its life, as the runtime sees it.</summary>
public enum RuntimeStatus
{
    /// <summary>Being made.</summary>
    Creating,

    /// <summary>Made, its process not yet started.</summary>
    Created,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Frozen.</summary>
    Paused,

    /// <summary>Its process has ended.</summary>
    Stopped,
}
