namespace Ocid.Cri.Containers;

internal static class AppArmor
{
    private const string LocalhostPrefix = "localhost/";

    /// <summary>The loaded profile that a request names; null for none. A host without AppArmor refuses one by name.</summary>
    public static string? ProfileOf(V1.LinuxContainerSecurityContext security)
    {
        if (security.Privileged || security.Apparmor?.ProfileType != V1.SecurityProfile.Types.ProfileType.Localhost)
            return null;
        var reference = security.Apparmor.LocalhostRef;
        return reference.StartsWith(LocalhostPrefix, StringComparison.Ordinal) ? reference[LocalhostPrefix.Length..] : reference;
    }
}
