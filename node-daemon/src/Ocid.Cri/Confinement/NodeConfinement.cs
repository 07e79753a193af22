using Ocid.Cri.Pods;

namespace Ocid.Cri.Confinement;

/// <summary>What this node's security modules make of a request.</summary>
internal sealed class NodeConfinement(AppArmorProfiles profiles, SelinuxLabels labels)
{
    /// <exception cref="Primitives.OcidException">FailedPrecondition: the host lacks what is asked for.</exception>
    public async Task<ContainerConfinement> OfAsync(PodSandbox pod, V1.ContainerConfig config, CancellationToken ct)
    {
        var security = config.Linux?.SecurityContext ?? new V1.LinuxContainerSecurityContext();
        var (process, files) = labels.For(pod, security);
        return new ContainerConfinement(await profiles.ForAsync(security, ct).ConfigureAwait(false), process, files);
    }
}
