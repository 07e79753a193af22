namespace Ocid.Cri.Containers;

/// <summary>Where a container is in its life.</summary>
internal enum ContainerPhase
{
    /// <summary>Its process exists and waits to execute the user's program.</summary>
    Created,

    /// <summary>The user's program runs.</summary>
    Running,

    /// <summary>Its process has ended, or never came to run.</summary>
    Exited,
}
