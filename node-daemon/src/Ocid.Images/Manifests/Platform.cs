using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Ocid.Images.Manifests;

/// <summary>What an image of several platforms is chosen by, in the image specification's (Go's) names.</summary>
/// <param name="OperatingSystem">For example <c>linux</c>.</param>
/// <param name="Architecture">For example <c>amd64</c> or <c>arm64</c>.</param>
/// <param name="Variant">For example <c>v8</c>; null where the architecture has none or any will do.</param>
public sealed record Platform(string OperatingSystem, string Architecture, string? Variant = null)
{
    /// <summary>The platform that this process runs on.</summary>
    public static Platform Host { get; } = new("linux", GoName(RuntimeInformation.OSArchitecture), HostVariant(RuntimeInformation.OSArchitecture));

    /// <inheritdoc/>
    public override string ToString() => $"{OperatingSystem}/{Architecture}{(Variant is null ? "" : "/" + Variant)}";

    private static string? HostVariant(Architecture architecture) => architecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => Amd64Level(),
        System.Runtime.InteropServices.Architecture.Arm => "v7",
        System.Runtime.InteropServices.Architecture.Armv6 => "v6",
        _ => null,
    };

    // The levels of the x86-64 ABI, by those of their features that .NET can ask for. https://gitlab.com/x86-psABIs/x86-64-ABI
    private static string? Amd64Level() =>
        !(Sse42.IsSupported && Popcnt.IsSupported) ? null
        : !(Avx2.IsSupported && Bmi1.IsSupported && Bmi2.IsSupported && Fma.IsSupported && Lzcnt.IsSupported) ? "v2"
        : !(Avx512F.IsSupported && Avx512BW.IsSupported && Avx512CD.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported) ? "v3"
        : "v4";

    private static string GoName(Architecture architecture) => architecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.X86 => "386",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        System.Runtime.InteropServices.Architecture.Arm or System.Runtime.InteropServices.Architecture.Armv6 => "arm",
        System.Runtime.InteropServices.Architecture.Ppc64le => "ppc64le",
        System.Runtime.InteropServices.Architecture.S390x => "s390x",
        System.Runtime.InteropServices.Architecture.RiscV64 => "riscv64",
        System.Runtime.InteropServices.Architecture.LoongArch64 => "loong64",
        var other => other.ToString().ToLowerInvariant(),
    };
}
