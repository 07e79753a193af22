using System.Collections.Frozen;

namespace Ocid.Spec;

/// <summary>What a host can give to containers, as far as a specification depends on it. Read once by Ocid.Runtime's <c>HostFactsReader</c>.</summary>
public sealed record HostFacts
{
    /// <summary>Capabilities that this process may pass on, names as CAP_CHOWN.</summary>
    public required IReadOnlySet<string> BoundingSet { get; init; }

    /// <summary>The oom_score_adj of this process: the lowest that containers can have without CAP_SYS_RESOURCE.</summary>
    public int OomScoreAdj { get; init; }

    /// <summary>How cgroups are mounted.</summary>
    public CgroupMode CgroupMode { get; init; } = CgroupMode.Unified;

    /// <summary>Controllers that limits can be set with: the mounted v1 ones, or those of the v2 root.</summary>
    public IReadOnlySet<string> Controllers { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Whether swap can be limited.</summary>
    public bool SwapAccounting { get; init; }

    /// <summary>Hard limits of this process by RLIMIT_ name; <see cref="ulong.MaxValue"/> is no limit.</summary>
    public IReadOnlyDictionary<string, ulong> HardRlimits { get; init; } = FrozenDictionary<string, ulong>.Empty;

    /// <summary>Kernel version, major and minor.</summary>
    public Version Kernel { get; init; } = new(5, 15);

    /// <summary>The processor's name as seccomp writes it: SCMP_ARCH_X86_64 or SCMP_ARCH_AARCH64 for example.</summary>
    public string SeccompArchitecture { get; init; } = "SCMP_ARCH_X86_64";

    /// <summary>Whether AppArmor is enabled.</summary>
    public bool AppArmor { get; init; }

    /// <summary>Whether SELinux is enabled.</summary>
    public bool Selinux { get; init; }

    /// <summary>Whether this process may raise what only CAP_SYS_RESOURCE raises.</summary>
    public bool MayRaiseLimits => BoundingSet.Contains("CAP_SYS_RESOURCE");
}
