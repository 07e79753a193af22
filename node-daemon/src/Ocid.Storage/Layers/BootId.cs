namespace Ocid.Storage.Layers;

/// <summary>The kernel's random id of this boot: what was not synced counts within it only.</summary>
internal static class BootId
{
    public static string Current { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
