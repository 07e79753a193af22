using Ocid.Primitives;

namespace Ocid.Cri.State;

/// <summary>Where pods and containers keep what they are (survives a reboot) and what they use (does not).</summary>
/// <param name="StateRoot">Durable, normally <c>/var/lib/ocid</c>.</param>
/// <param name="RunRoot">Emptied at boot, normally <c>/run/ocid</c>.</param>
public sealed record StatePaths(string StateRoot, string RunRoot)
{
    internal string Pods => Path.Combine(StateRoot, "pods");

    internal string Containers => Path.Combine(StateRoot, "containers");

    internal string PodState(PodSandboxId id) => Path.Combine(Pods, id.Value);

    internal string PodRun(PodSandboxId id) => Path.Combine(RunRoot, "pods", id.Value);

    internal string ContainerState(ContainerId id) => Path.Combine(Containers, id.Value);

    internal string Mounts => Path.Combine(RunRoot, "mounts");

    /// <summary>What is mounted for one container, or for the first process of one pod.</summary>
    internal StagedMounts MountsOf(string id) => new(Path.Combine(Mounts, id));

    internal string Bundle(ContainerId id) => Path.Combine(RunRoot, "containers", id.Value);
}
