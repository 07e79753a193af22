namespace Ocid.Agent.Services;

/// <summary>A process that was started: pids are reused, a pid with its start time is not.</summary>
/// <param name="Pid">Its pid.</param>
/// <param name="StartTime">Its start, in clock ticks after boot.</param>
public sealed record ProcessRecord(int Pid, ulong StartTime);
