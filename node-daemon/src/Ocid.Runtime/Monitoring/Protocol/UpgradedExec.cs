namespace Ocid.Runtime.Monitoring.Protocol;

// An exec that is waited for, and which of the connections asked for it with which number.
internal sealed record UpgradedExec(int Pid, int Process, int Connection, long Number);
