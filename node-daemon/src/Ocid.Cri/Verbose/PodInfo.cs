namespace Ocid.Cri.Verbose;

internal sealed record PodInfo(string Namespaces, string CgroupParent, string RuntimeHandler, string BootId);
