namespace Ocid.Cri.Verbose;

internal sealed record ContainerInfo(int Pid, string Bundle, string CgroupPath, string RuntimeHandler);
