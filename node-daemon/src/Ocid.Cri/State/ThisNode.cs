namespace Ocid.Cri.State;

/// <summary>The node as pods and containers see it: its directories, its clock, and which boot this is.</summary>
/// <param name="Paths">Where state lives.</param>
/// <param name="BootId">The kernel's random id of this boot (/proc/sys/kernel/random/boot_id).</param>
/// <param name="PidsLimit">How many tasks a container may have; 0 for no limit.</param>
/// <param name="Time">The clock.</param>
internal sealed record ThisNode(StatePaths Paths, string BootId, long PidsLimit, TimeProvider Time);
