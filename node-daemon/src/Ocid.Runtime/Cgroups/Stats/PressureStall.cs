namespace Ocid.Runtime.Cgroups.Stats;

/// <summary>Pressure stall information: time in which some, or all, tasks waited.</summary>
/// <remarks>https://docs.kernel.org/accounting/psi.html</remarks>
public sealed record PressureStall(PressureLine Some, PressureLine Full);
