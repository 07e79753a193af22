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
            AppArmor = ReadProfile(fields, "appArmorProfile"),
            Selinux = ReadSelinux(fields),
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
            AppArmor = ReadProfile(fields, "appArmorProfile") ?? pod.AppArmor,
            Selinux = ReadSelinux(fields) ?? pod.Selinux,
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
        var profile = ReadProfile(fields, "seccompProfile");
        if (profile is { LocalhostRef: { Length: > 0 } file } && !file.StartsWith('/'))
            fields.Mapping("seccompProfile")!.Fail("localhostProfile", "want an absolute path: there is no kubelet with a directory for profiles");
        return profile;
    }

    private static SecurityProfile? ReadProfile(Fields fields, string key)
    {
        if (fields.Mapping(key) is not { } profile)
            return null;

        var type = profile.Choice("type", "RuntimeDefault", "Unconfined", "Localhost");
        var reference = type == "Localhost" ? profile.RequiredText("localhostProfile") : "";
        profile.RefuseTheRest();
        return new SecurityProfile
        {
            ProfileType = type switch
            {
                "Unconfined" => SecurityProfile.Types.ProfileType.Unconfined,
                "Localhost" => SecurityProfile.Types.ProfileType.Localhost,
                _ => SecurityProfile.Types.ProfileType.RuntimeDefault,
            },
            LocalhostRef = reference,
        };
    }

    private static SELinuxOption? ReadSelinux(Fields fields)
    {
        if (fields.Mapping("seLinuxOptions") is not { } options)
            return null;

        var selinux = new SELinuxOption
        {
            User = options.Text("user") ?? "", Role = options.Text("role") ?? "", Type = options.Text("type") ?? "", Level = options.Text("level") ?? "",
        };
        options.RefuseTheRest();
        return selinux;
    }
}
