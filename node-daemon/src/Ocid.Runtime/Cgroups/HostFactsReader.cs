using System.Globalization;
using System.Runtime.InteropServices;
using Ocid.Primitives;
using Ocid.Runtime.Confinement;
using Ocid.Spec;
using Ocid.Spec.Capabilities;

namespace Ocid.Runtime.Cgroups;

/// <summary>Reads what this host can give to containers.</summary>
public static class HostFactsReader
{
    /// <summary>Reads /proc and /sys.</summary>
    /// <param name="root">The root of the files read; another one than / for tests.</param>
    /// <exception cref="OcidException">Internal: /proc is not what it should be.</exception>
    public static HostFacts Read(string root = "/")
    {
        var hierarchies = CgroupHierarchies.Read(root);
        return new HostFacts
        {
            BoundingSet = ParseBoundingSet(Proc(root, "self/status")),
            OomScoreAdj = int.Parse(Proc(root, "self/oom_score_adj"), CultureInfo.InvariantCulture),
            CgroupMode = hierarchies.Mode,
            Controllers = hierarchies.Controllers(),
            SwapAccounting = HasSwapAccounting(hierarchies),
            HardRlimits = HardLimits.Parse(Proc(root, "self/limits")),
            Kernel = ParseKernel(Proc(root, "sys/kernel/osrelease")),
            SeccompArchitecture = SeccompName(RuntimeInformation.ProcessArchitecture),
            AppArmor = AppArmorPolicy.IsEnabled(root),
            Selinux = SelinuxPolicy.IsEnabled(root),
        };
    }

    internal static IReadOnlySet<string> ParseBoundingSet(string status)
    {
        var line = status.Split('\n').FirstOrDefault(text => text.StartsWith("CapBnd:", StringComparison.Ordinal))
            ?? throw new OcidException(ErrorKind.Internal, "bounding set: no CapBnd in /proc/self/status");
        var bits = ulong.Parse(line.AsSpan("CapBnd:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return KnownCapabilities.ByNumber.Where((_, number) => (bits >> number & 1) != 0).ToHashSet(StringComparer.Ordinal);
    }

    internal static Version ParseKernel(string release)
    {
        var parts = release.Split('.', 3);
        var minor = parts.Length > 1 ? new string([.. parts[1].TakeWhile(char.IsAsciiDigit)]) : "";
        return int.TryParse(parts[0], CultureInfo.InvariantCulture, out var major) && int.TryParse(minor, CultureInfo.InvariantCulture, out var second)
            ? new Version(major, second)
            : throw new OcidException(ErrorKind.Internal, $"kernel release {Quoted.Text(release)}: want major.minor");
    }

    // The root cgroup of v2 has no memory files of its own: any cgroup below it tells.
    private static bool HasSwapAccounting(CgroupHierarchies hierarchies)
    {
        if (hierarchies.Mode != CgroupMode.Unified)
            return hierarchies.Legacy.TryGetValue("memory", out var memory) && File.Exists(Path.Combine(memory.Directory, "memory.memsw.limit_in_bytes"));
        return hierarchies.UnifiedMount is { } unified
            && Directory.Exists(unified.Directory)
            && (File.Exists(Path.Combine(unified.Directory, "memory.swap.max"))
                || Directory.EnumerateDirectories(unified.Directory).Any(child => File.Exists(Path.Combine(child, "memory.swap.max"))));
    }

    private static string SeccompName(Architecture architecture) => architecture switch
    {
        Architecture.X64 => "SCMP_ARCH_X86_64",
        Architecture.Arm64 => "SCMP_ARCH_AARCH64",
        Architecture.RiscV64 => "SCMP_ARCH_RISCV64",
        _ => throw new OcidException(ErrorKind.Unimplemented, $"processor {architecture}: not supported"),
    };

    private static string Proc(string root, string file) => File.ReadAllText(Path.Combine(root, "proc", file));
}
