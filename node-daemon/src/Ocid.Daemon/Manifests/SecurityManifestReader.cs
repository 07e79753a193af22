using Ocid.Cri.V1;

namespace Ocid.Daemon.Manifests;

/// <summary>Reads security contexts.</summary>
internal static class SecurityManifestReader
{
    public static SecurityManifest ReadPod(Fields? fields)
    {
        if (fields is null)
            return new SecurityManifest();

        var security = new SecurityManifest
        {
            User = fields.Whole("runAsUser", 0, int.MaxValue),
            Group = fields.Whole("runAsGroup", 0, int.MaxValue),
            NonRoot = fields.OptionalFlag("runAsNonRoot"),
            SupplementalGroups = fields.WholeNumbers("supplementalGroups"),
            Seccomp = ReadSeccomp(fields),
        };
        fields.Ignore("sysctls");
        fields.RefuseTheRest();
        return security;
    }

    /// <summary>A container's context; what it does not say, the pod's says.</summary>
    public static SecurityManifest ReadContainer(Fields? fields, SecurityManifest pod)
    {
        if (fields is null)
            return pod;

        var capabilities = fields.Mapping("capabilities");
        fields.Choice("procMount", "Default");
        var security = pod with
        {
            User = fields.Whole("runAsUser", 0, int.MaxValue) ?? pod.User,
            Group = fields.Whole("runAsGroup", 0, int.MaxValue) ?? pod.Group,
            NonRoot = fields.OptionalFlag("runAsNonRoot") ?? pod.NonRoot,
            Seccomp = ReadSeccomp(fields) ?? pod.Seccomp,
            Privileged = fields.Flag("privileged"),
            ReadOnlyRoot = fields.Flag("readOnlyRootFilesystem"),
            AllowEscalation = fields.Flag("allowPrivilegeEscalation", otherwise: true),
            AddedCapabilities = capabilities?.Texts("add") ?? [],
            DroppedCapabilities = capabilities?.Texts("drop") ?? [],
        };
        capabilities?.RefuseTheRest();
        fields.RefuseTheRest();
        return security;
    }

    private static SecurityProfile? ReadSeccomp(Fields fields)
    {
        if (fields.Mapping("seccompProfile") is not { } profile)
            return null;

        var type = profile.Choice("type", "RuntimeDefault", "Unconfined", "Localhost");
        var file = type == "Localhost" ? profile.RequiredText("localhostProfile") : "";
        if (file.Length > 0 && !file.StartsWith('/'))
            profile.Fail("localhostProfile", "want an absolute path: there is no kubelet with a directory for profiles");
        profile.RefuseTheRest();
        return new SecurityProfile
        {
            ProfileType = type switch
            {
                "Unconfined" => SecurityProfile.Types.ProfileType.Unconfined,
                "Localhost" => SecurityProfile.Types.ProfileType.Localhost,
                _ => SecurityProfile.Types.ProfileType.RuntimeDefault,
            },
            LocalhostRef = file,
        };
    }
}
