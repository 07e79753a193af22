namespace Ocid.Runtime.Oci;

/// <summary>What a runtime says it can do. What it does not say, it cannot: an old program is never promised more than it told.</summary>
public sealed record RuntimeFeatures
{
    /// <summary>The first line of <c>--version</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Whether mounts can be read-only with all that is mounted below.</summary>
    public bool RecursiveReadOnlyMounts { get; init; }

    /// <summary>Whether containers can join a user namespace.</summary>
    public bool UserNamespaces { get; init; }

    /// <summary>Whether mounts can be id-mapped.</summary>
    public bool IdMappedMounts { get; init; }

    /// <summary>Whether system calls can be filtered.</summary>
    public bool Seccomp { get; init; }

    /// <summary>Whether AppArmor profiles are applied.</summary>
    public bool AppArmor { get; init; }

    /// <summary>Whether SELinux labels are applied.</summary>
    public bool Selinux { get; init; }

    /// <summary>Whether systemd can be asked for cgroups.</summary>
    public bool SystemdCgroup { get; init; }
}
