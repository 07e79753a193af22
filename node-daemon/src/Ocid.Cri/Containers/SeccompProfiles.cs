using Ocid.Spec.Seccomp;

namespace Ocid.Cri.Containers;

/// <summary>The system call filter that a request asks for. A request that names none gets none, as CRI defines it: the kubelet says RuntimeDefault where it means it.</summary>
internal static class SeccompProfiles
{
    private const string LocalhostPrefix = "localhost/";

    public static SeccompRequest For(V1.LinuxContainerSecurityContext security, SeccompRequest? runtimeDefault)
    {
        if (security.Privileged)
            return SeccompRequest.Unconfined;
        return security.Seccomp?.ProfileType switch
        {
            V1.SecurityProfile.Types.ProfileType.RuntimeDefault => runtimeDefault ?? SeccompRequest.RuntimeDefault,
            V1.SecurityProfile.Types.ProfileType.Localhost => Localhost(security.Seccomp.LocalhostRef),
            _ => SeccompRequest.Unconfined,
        };
    }

    private static SeccompRequest Localhost(string reference) =>
        SeccompRequest.FromFile(reference.StartsWith(LocalhostPrefix, StringComparison.Ordinal) ? reference[LocalhostPrefix.Length..] : reference);
}
