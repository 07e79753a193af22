namespace Ocid.Cri.Pods;

/// <summary>Where a sandbox is in its life.</summary>
internal enum PodPhase
{
    /// <summary>Being made; a start of the daemon that finds it so takes it back.</summary>
    Making,

    /// <summary>Namespaces and network are there.</summary>
    Ready,

    /// <summary>Stopped, or ended by a reboot; its parts are taken down.</summary>
    NotReady,
}
