namespace Ocid.Cri.Confinement;

/// <summary>What the kernel's security modules know a container by; each null for none.</summary>
/// <param name="AppArmorProfile">A loaded AppArmor profile.</param>
/// <param name="ProcessLabel">The SELinux label of its process.</param>
/// <param name="FileLabel">The SELinux label of its own files.</param>
internal sealed record ContainerConfinement(string? AppArmorProfile, string? ProcessLabel, string? FileLabel);
