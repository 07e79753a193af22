using Ocid.Primitives;

namespace Ocid.Runtime.Monitoring;

/// <summary>A container that the monitor watches.</summary>
/// <param name="Id">The container.</param>
/// <param name="Pid">Its first process.</param>
/// <param name="Terminal">Whether it has a terminal.</param>
/// <param name="Exit">How it ended; null while it runs.</param>
public sealed record MonitoredContainer(ContainerId Id, int Pid, bool Terminal, ContainerExit? Exit);
