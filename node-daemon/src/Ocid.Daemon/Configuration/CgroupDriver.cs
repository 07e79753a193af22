namespace Ocid.Daemon.Configuration;

/// <summary>Who creates cgroups.</summary>
internal enum CgroupDriver
{
    Cgroupfs,
    Systemd,
}
