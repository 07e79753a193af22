namespace Ocid.Runtime.Cgroups;

internal readonly record struct CgroupWrite(string File, string Value);
