namespace Ocid.Runtime.Oci;

// https://github.com/opencontainers/runtime-spec/blob/main/features.md, as far as it is read.
internal sealed record FeaturesDocument(IReadOnlyList<string>? MountOptions, FeaturesDocument.LinuxPart? Linux)
{
    internal sealed record LinuxPart(IReadOnlyList<string>? Namespaces, CgroupPart? Cgroup, Switch? Seccomp, Switch? Apparmor, Switch? Selinux, MountExtensionsPart? MountExtensions);

    internal sealed record CgroupPart(bool? Systemd);

    internal sealed record MountExtensionsPart(Switch? Idmap);

    internal sealed record Switch(bool? Enabled);
}
