using Ocid.Cri.Pods;
using Ocid.Primitives;
using Ocid.Runtime.Confinement;

namespace Ocid.Cri.Confinement;

/// <summary>
/// The SELinux labels of containers and of what they may touch. On a host without SELinux there are none, whatever a request says: charts name types that some nodes of
/// a cluster have.
/// </summary>
/// <param name="enabled">Whether this host's kernel has a policy.</param>
/// <param name="policy">What it has for containers.</param>
internal sealed class SelinuxLabels(bool enabled, SelinuxPolicy policy)
{
    private const string Everybody = "s0";

    /// <summary>The label of what all containers of a pod share; null for none.</summary>
    public string? Shared => enabled && policy.File is { } file ? file.With("", "", "", Everybody).ToString() : null;

    /// <summary>The level of a new pod, which no other has: its containers reach nothing of other pods.</summary>
    /// <param name="taken">The levels of the other pods.</param>
    public string? NewLevel(IEnumerable<string?> taken) => enabled && policy.Process is not null ? SelinuxLevel.Unused(taken) : null;

    /// <summary>What a container's process runs as, and what its own files are; null for none.</summary>
    /// <exception cref="OcidException">FailedPrecondition: labels are asked for, and the policy has none for containers. InvalidArgument: no label.</exception>
    public (string? Process, string? Files) For(PodSandbox pod, V1.LinuxContainerSecurityContext security)
    {
        if (!enabled)
            return (null, null);
        var asked = new[] { pod.Spec.Config.Linux?.SecurityContext?.SelinuxOptions, security.SelinuxOptions }.OfType<V1.SELinuxOption>().Where(IsSaid).ToList();
        var namespaces = security.NamespaceOptions ?? pod.Spec.Namespaces;
        var unconfined = security.Privileged || namespaces.Pid == V1.NamespaceMode.Node || namespaces.Ipc == V1.NamespaceMode.Node;
        if (asked.Count == 0 && unconfined)
            return (null, null);
        if (policy is not { Process: { } process, File: { } file })
        {
            return asked.Count == 0
                ? (null, null)
                : throw new OcidException(ErrorKind.FailedPrecondition, "container: selinux_options: this host's SELinux policy has nothing for containers to run as (contexts/lxc_contexts names it): install its policy for containers (container-selinux)");
        }

        process = process.With("", "", "", pod.Spec.SelinuxLevel ?? "");
        process = SelinuxContext.Parse(asked.Aggregate(process, (label, option) => label.With(option.User, option.Role, option.Type, option.Level)).ToString());
        return (process.ToString(), security.Privileged ? null : file.With("", "", "", process.Level).ToString());
    }

    private static bool IsSaid(V1.SELinuxOption option) => option.User.Length + option.Role.Length + option.Type.Length + option.Level.Length > 0;
}
