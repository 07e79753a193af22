using Ocid.Linux;

namespace Ocid.Runtime.Monitoring.Server;

internal sealed record ExecProcess(int Pid, PidFd Process, ExitWatch Watch);
